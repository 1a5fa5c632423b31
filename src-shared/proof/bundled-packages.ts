import { counted } from '../util/format-number.ts';
import { checkSeal, type CheckedSeal, type SealFiles } from './check-seal.ts';
import { checkStatement } from './check-statement.ts';
import { isRunId, type Entry } from './entry.ts';
import type { FindingLog } from './finding-log.ts';
import type { FolderReader } from './folder-reader.ts';
import type { Probe } from './ledger-walk.ts';
import type { ProofPrimitives } from './primitives.ts';
import { readFile } from './read-file.ts';
import type { VerifierKey } from './vkey.ts';

const FOLDER = 'data/packages/';
const FILES = ['datapackage.json', 'delivery.dsse.json', 'ledger-entry.json', 'delivery.tlog-proof'] as const;
const MAX_BYTES = 64 * 1024 * 1024;

export interface BundledPackagesRequest {
  readonly primitives: ProofPrimitives;
  readonly folder: FolderReader;
  readonly log: FindingLog;
  /** SHA-256 (hex) of each payload file. */
  readonly digests: ReadonlyMap<string, string>;
}

/**
 * The package papers of an audit bundle against its ledger: each seal must be the very line at its place, and the ledger
 * must have passed through the checkpoint that the delivery took along.
 */
export class BundledPackages {
  readonly #request: BundledPackagesRequest;
  readonly #runs: ReadonlySet<string>;
  readonly #expected = new Map<number, CheckedSeal[]>();
  /** The largest tree that a delivery saw, and where it says so. */
  #largest = { size: 0, path: '' };
  #sealedElsewhere = 0;

  constructor(request: BundledPackagesRequest) {
    this.#request = request;
    const names = [...request.digests.keys()].filter((path) => path.startsWith(FOLDER));
    this.#runs = new Set(names.map((path) => path.slice(FOLDER.length).split('/')[0] ?? ''));
  }

  /** Whether a payload path is one of a package's papers. */
  static owns(path: string): boolean {
    const [run = '', file = '', ...rest] = path.startsWith(FOLDER) ? path.slice(FOLDER.length).split('/') : [];
    return isRunId(run) && rest.length === 0 && (FILES as readonly string[]).includes(file);
  }

  /** Checks each package by itself and gives the tree heads that the ledger must have had. */
  async probes(signer: VerifierKey): Promise<Probe[]> {
    const probes: Probe[] = [];
    for (const run of this.#runs) {
      const seal = await this.#check(run, signer);
      if (seal === undefined) continue;
      this.#expected.set(seal.entry.seq, [...(this.#expected.get(seal.entry.seq) ?? []), seal]);
      const { size, root } = seal.checkpoint;
      const path = `${FOLDER}${run}/delivery.tlog-proof`;
      const onMismatch = (): void =>
        this.#request.log.add('PROOF_MISMATCH', 'The ledger did not pass through the checkpoint of this delivery.', {
          seq: size - 1,
          path,
        });
      probes.push({ size, root, onMismatch });
      if (size > this.#largest.size) this.#largest = { size, path };
    }
    return probes;
  }

  /** Sees an entry of the ledger go by. */
  see(entry: Entry, leafHash: string): void {
    if (entry.kind === 'seal' && !this.#runs.has(entry.run)) this.#sealedElsewhere++;
    const seals = this.#expected.get(entry.seq) ?? [];
    if (seals.some((seal) => seal.leafHash === leafHash)) {
      const others = seals.filter((seal) => seal.leafHash !== leafHash);
      if (others.length === 0) this.#expected.delete(entry.seq);
      else this.#expected.set(entry.seq, others);
    }
  }

  /** Says what the ledger did not hold, once all of it went by. */
  finish(size: number): void {
    const { log } = this.#request;
    for (const [seq, seals] of this.#expected) {
      for (const { entry } of seals) {
        const path = `${FOLDER}${entry.run}/ledger-entry.json`;
        log.add('PACKAGE_UNRECORDED', 'The ledger does not hold this entry.', { seq, path });
      }
    }
    if (this.#largest.size > size) {
      const { size: seen, path } = this.#largest;
      log.add('LEDGER_TRUNCATED', `A delivery saw ${counted(seen, 'entry')}, the ledger has ${size}.`, {
        seq: size,
        path,
      });
    }
    if (this.#sealedElsewhere > 0) {
      log.add('PACKAGES_ABSENT', `The papers of ${this.#sealedElsewhere} sealed packages are not in the bundle.`);
    }
  }

  async #check(run: string, signer: VerifierKey): Promise<CheckedSeal | undefined> {
    const { primitives, log } = this.#request;
    const files = await this.#read(run);
    if (files === undefined) return undefined;
    const seal = checkSeal(primitives, { files, signer, log });
    const statement = checkStatement(primitives, { ...files.statement, signer }, log);
    const path = `${FOLDER}${run}/datapackage.json`;
    if (statement !== undefined && statement.subjects.get('datapackage.json') !== this.#request.digests.get(path)) {
      log.add('FILE_MISMATCH', 'The descriptor is not the one that was signed.', { path });
    }
    if ((statement !== undefined && statement.run !== run) || (seal !== undefined && seal.entry.run !== run)) {
      log.add('STATEMENT_MISMATCH', 'The package lies under the name of another run.', { path: files.statement.path });
    }
    return seal;
  }

  async #read(run: string): Promise<SealFiles | undefined> {
    const { folder, log, digests } = this.#request;
    const read = new Map<string, { bytes: Uint8Array; path: string }>();
    for (const name of FILES) {
      const path = `${FOLDER}${run}/${name}`;
      if (!digests.has(path)) log.add('FILE_MISSING', 'Every package in a bundle has this file.', { path });
      else if (name !== 'datapackage.json') {
        const bytes = await readFile(folder, path, MAX_BYTES);
        if (bytes === undefined) log.add('FILE_OVERSIZE', 'It is too long.', { path });
        else read.set(name, { bytes, path });
      }
    }
    const [statement, entry, proof] = [
      read.get('delivery.dsse.json'),
      read.get('ledger-entry.json'),
      read.get('delivery.tlog-proof'),
    ];
    return statement && entry && proof && { statement, entry, proof };
  }
}
