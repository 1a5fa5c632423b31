import { basename, join } from 'node:path';
import type { AuditOpened } from '../../../src-shared/contract/evidence.ts';
import { keyFingerprint, parseVkey, sameKey, type VerifierKey } from '../../../src-shared/proof/vkey.ts';
import { nodePrimitives } from '../../ledger/node-primitives.ts';
import type { Clock } from '../../ports/clock.ts';
import { trustedKeys, type Verifier } from '../trusted-keys.ts';
import { folderOver, verifyPath, type PlaceResult } from '../verify-path.ts';
import { EntriesOnDisk } from './entries-on-disk.ts';
import type { EntrySource } from './entry-detail.ts';
import { readKeyText } from './key-text.ts';
import { factsOf } from './ledger-view.ts';
import { packageFactsOf } from './package-facts.ts';
import { packageStory } from './package-story.ts';
import { requireWholePath } from './require-whole-path.ts';

/** Ledgers of others whose entries are kept in memory. */
const KEPT = 8;

export interface OpenRequest {
  readonly path: string;
  /** A vkey or a fingerprint. */
  readonly key: string | undefined;
  readonly signal: AbortSignal;
}

/** Packages, bundles and ledgers of others, wherever they lie. UNTRUSTED: reads only, follows no link. */
export class AuditView {
  readonly #verifier: Verifier;
  readonly #clock: Clock;
  readonly #entries = new Map<string, EntriesOnDisk>();

  constructor(verifier: Verifier, clock: Clock) {
    this.#verifier = verifier;
    this.#clock = clock;
  }

  /** Verifies what lies at a path, and tells what it says of itself. */
  async open({ path, key, signal }: OpenRequest): Promise<AuditOpened> {
    requireWholePath(path);
    const began = this.#clock.monotonicMs();
    const { reader } = this.#verifier;
    const given = key === undefined || key.trim() === '' ? null : readKeyText(key);
    // A home whose list of keys cannot be read vouches for nobody; auditing needs nothing of it.
    const trusted = await trustedKeys(this.#verifier).catch((): readonly VerifierKey[] => []);
    const result = await verifyPath({ path, reader, cwd: path, trusted, signal, ...given });
    const signer = result.signer === null ? undefined : parseVkey(nodePrimitives, result.signer);
    const signerKey = signer?.ok === true ? signer.value : null;
    this.#entries.get(path)?.forget();
    return {
      path,
      name: basename(path),
      result: factsOf(result),
      fingerprint: signerKey === null ? null : keyFingerprint(nodePrimitives, signerKey),
      compared: given !== null,
      known: signerKey !== null && trusted.some((one) => sameKey(one, signerKey)),
      ...(await this.#saidOf(path, result)),
      entries: result.kind === 'package' ? null : (await this.source(path)).index.lines.length,
      checkedAt: this.#clock.now().toISOString(),
      tookMs: Math.round(this.#clock.monotonicMs() - began),
    };
  }

  async #saidOf(
    path: string,
    { kind, verdict }: Pick<PlaceResult, 'kind' | 'verdict'>,
  ): Promise<Pick<AuditOpened, 'package' | 'story'>> {
    if (kind !== 'package') return { package: null, story: [] };
    const folder = folderOver(this.#verifier.reader, path);
    const story = verdict === 'BROKEN' ? [] : await packageStory(folder);
    return { package: await packageFactsOf(folder), story: story.map(([about, text]) => ({ about, text })) };
  }

  /** The entries of a bundle or ledger. What it lacks, or what is a link there, is as if it were empty. */
  async source(path: string): Promise<EntrySource> {
    requireWholePath(path);
    const folder = (await this.#isPlain(path, ['data', 'ledger'])) ? join(path, 'data', 'ledger') : path;
    const known = this.#entries.get(path) ?? new EntriesOnDisk(this.#verifier.reader);
    this.#entries.delete(path);
    this.#entries.set(path, known);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > KEPT && oldest !== undefined) this.#entries.delete(oldest);
    if ((await this.#kindOf(path)) !== 'folder' || (await this.#kindOf(join(folder, 'entries.jsonl'))) !== 'file') {
      return known.source({ entries: '', checkpoint: '' }, null);
    }
    const files = { entries: join(folder, 'entries.jsonl'), checkpoint: join(folder, 'checkpoint') };
    return known.source(files, await this.#claimedKey(folder));
  }

  /** Each part below `root` is a folder itself, no link. */
  async #isPlain(root: string, parts: readonly string[]): Promise<boolean> {
    let at = root;
    for (const part of parts) {
      at = join(at, part);
      if ((await this.#kindOf(at)) !== 'folder') return false;
    }
    return true;
  }

  async #kindOf(path: string): Promise<string | null> {
    return (await this.#verifier.reader.stat(path))?.kind ?? null;
  }

  async #claimedKey(folder: string): Promise<VerifierKey | null> {
    const path = join(folder, 'log.vkey');
    const found = await this.#verifier.reader.stat(path);
    if (found?.kind !== 'file' || found.size > MAX_KEY_BYTES) return null;
    const bytes = await this.#verifier.reader.file(path, MAX_KEY_BYTES);
    const key = parseVkey(nodePrimitives, new TextDecoder().decode(bytes ?? undefined).trimEnd());
    return key.ok ? key.value : null;
  }
}

const MAX_KEY_BYTES = 4096;
