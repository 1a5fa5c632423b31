import { join } from 'node:path';
import { toHex } from '../../src-shared/util/hex.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import { nodePrimitives } from './node-primitives.ts';

/** The files of one ledger (docs/spec/home.md). */
export interface LedgerPaths {
  readonly folder: string;
  readonly entries: string;
  readonly checkpoint: string;
  readonly vkey: string;
  readonly frontier: string;
  readonly reserve: string;
  readonly lock: string;
}

/** The key files of a home. */
export interface KeyPaths {
  readonly secretKey: string;
  readonly vkey: string;
  /** Keys of ledgers that are only verified any more. */
  readonly retiredFolder: string;
}

/** Eight hex digits that stand for an origin in file names and in the vault. */
export function originHash(origin: string): string {
  return toHex(nodePrimitives.sha256(utf8(origin)).subarray(0, 4));
}

export function ledgerPaths(folder: string): LedgerPaths {
  return {
    folder,
    entries: join(folder, 'entries.jsonl'),
    checkpoint: join(folder, 'checkpoint'),
    vkey: join(folder, 'log.vkey'),
    frontier: join(folder, 'frontier.json'),
    reserve: join(folder, 'reserve'),
    lock: join(folder, 'lock.sqlite'),
  };
}

export function keyPaths(keysFolder: string): KeyPaths {
  return {
    secretKey: join(keysFolder, 'ledger.key.enc'),
    vkey: join(keysFolder, 'log.vkey'),
    retiredFolder: join(keysFolder, 'retired'),
  };
}
