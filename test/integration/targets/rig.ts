import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Core } from '../../../src-main/app/core.ts';
import { deliverPackage, type DeliverRequest, type DeliveryResult } from '../../../src-main/app/deliver-package.ts';
import { addTarget } from '../../../src-main/app/change-targets.ts';
import { compose } from '../../../src-main/compose.ts';
import type { HostCapabilities } from '../../../src-main/ports/host.ts';
import type { TargetSecrets } from '../../../src-main/ports/target.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { RUN, sealPackage, sha256Hex, type PackageParts } from '../../unit/proof/build/build-package.ts';
import { created, newSigner, TestLedger } from '../../unit/proof/build/build-ledger.ts';

/** A home with its own ledger and vault in a temporary folder. */
export interface Home extends Disposable {
  readonly core: Core;
  readonly folder: TempFolder;
}

export async function newHome(confirm: HostCapabilities['confirm'] = null): Promise<Home> {
  const folder = new TempFolder();
  const { core } = await compose.core({
    ...{ home: folder.join('home'), passphrase: null, env: {}, throwAway: true },
    host: { askSecret: null, confirm },
  });
  return { core, folder, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

export const NO_SECRETS: TargetSecrets = { password: null, passphrase: null };

export function password(text: string): TargetSecrets {
  return { password: new SecretText(text), passphrase: null };
}

/** Saves a target named `partner`. */
export async function addPartner(
  { core }: Home,
  target: { type: string; options: Record<string, unknown>; secrets?: TargetSecrets },
): Promise<void> {
  const signal = new AbortController().signal;
  await addTarget(core, { name: 'partner', store: undefined, secrets: NO_SECRETS, ...target, signal });
}

/** Writes a sealed package of one data file of random bytes; returns its folder. */
export function writePackage({ folder }: Home, bytes: number, parts: PackageParts & { name?: string } = {}): string {
  const signer = newSigner();
  const ledger = new TestLedger(signer, [created(signer)]);
  const path = 'data/customers.csv';
  const content = randomBytes(bytes);
  const hash = `sha256:${sha256Hex(content)}`;
  const descriptor = { name: 'sample', resources: [{ name: 'customers', path, bytes, hash }] };
  const files = sealPackage(ledger, { data: new Map([[path, content]]), descriptor, ...parts });
  const root = folder.join(parts.name ?? `sample-${RUN}`);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

export function deliver(
  { core }: Home,
  request: Partial<DeliverRequest> & { folder: string },
): Promise<DeliveryResult> {
  return deliverPackage(core, {
    target: 'partner',
    incomplete: false,
    signal: new AbortController().signal,
    onEvent: () => undefined,
    ...request,
  });
}

/** Path to digest and mode of all files below a folder. */
export function filesBelow(root: string): Record<string, { sha256: string; mode: number }> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(root, name)).isFile())
      .map((name) => [
        name,
        {
          sha256: createHash('sha256')
            .update(readFileSync(join(root, name)))
            .digest('hex'),
          mode: statSync(join(root, name)).mode & 0o777,
        },
      ]),
  );
}

/** Digests alone, to compare two folders. */
export function digestsBelow(root: string): Record<string, string> {
  return Object.fromEntries(Object.entries(filesBelow(root)).map(([name, { sha256 }]) => [name, sha256]));
}

interface LedgerLine {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The entries about deliveries, in order. */
export function deliveriesOf(home: Home): LedgerLine[] {
  return entriesOf(home).filter(({ type }) => type.startsWith('delivery.'));
}

/** All entries but seals, in order. */
export function entriesOf({ core }: Home): LedgerLine[] {
  return readdirSync(core.home.ledgerFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('entries.jsonl'))
    .flatMap((name) => readFileSync(join(core.home.ledgerFolder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Partial<LedgerLine>)
    .flatMap(({ type, data }) => (type !== undefined && data !== undefined ? [{ type, data }] : []));
}
