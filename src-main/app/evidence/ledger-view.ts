import type { LedgerStatus } from '../../../src-shared/contract/evidence.ts';
import type { VerifyFacts } from '../../../src-shared/contract/parts.ts';
import { AppError, isAppError } from '../../../src-shared/errors/app-error.ts';
import type { VerifyResult } from '../../../src-shared/proof/verdict.ts';
import { keyFingerprint } from '../../../src-shared/proof/vkey.ts';
import { findLedger, ledgerFolders, type KnownLedger, type LedgerPlace } from '../../ledger/current-ledger.ts';
import { ledgerPaths } from '../../ledger/ledger-paths.ts';
import { nodePrimitives } from '../../ledger/node-primitives.ts';
import type { Core } from '../core.ts';
import { untilAborted } from '../until-aborted.ts';
import { verifyPath } from '../verify-path.ts';
import { carriedOf } from './carried-checkpoint.ts';
import { EntriesOnDisk } from './entries-on-disk.ts';
import type { EntrySource } from './entry-detail.ts';

/** The ledger of the home as screens look at it. Reads only; needs no vault. */
export class LedgerView {
  readonly #core: Core;
  readonly #entries: EntriesOnDisk;
  #broken: { readonly size: number; readonly why: string } | null = null;
  #kept: { readonly stamp: string; readonly made: Promise<LedgerStatus> } | null = null;

  constructor(core: Core) {
    this.#core = core;
    this.#entries = new EntriesOnDisk(core.store.read);
  }

  /** What the newest verification found broken; null: nothing, or none was made yet. */
  get broken(): { readonly size: number; readonly why: string } | null {
    return this.#broken;
  }

  /** Verifies the whole ledger, unless its files are those that were verified last. */
  async status(how: { readonly fresh: boolean; readonly signal: AbortSignal }): Promise<LedgerStatus> {
    const stamp = await this.#stamp();
    if (how.fresh || this.#kept?.stamp !== stamp) {
      const made = this.#verify();
      const kept = { stamp, made };
      this.#kept = kept;
      made.catch(() => {
        if (this.#kept === kept) this.#kept = null;
      });
    }
    // Another caller may wait for the same answer: it is made to its end.
    return untilAborted(this.#kept.made, how.signal);
  }

  /** The entries, for lists and details; `LEDGER/ABSENT` when there is no ledger. */
  async source(): Promise<EntrySource> {
    const { folder, key } = await findLedger(this.#place());
    return this.#entries.source(ledgerPaths(folder), key);
  }

  #place(): LedgerPlace {
    const { ledgerFolder, keysFolder } = this.#core.home;
    return { reader: this.#core.store.read, ledgerFolder, keysFolder };
  }

  async #verify(): Promise<LedgerStatus> {
    const { clock } = this.#core;
    const began = clock.monotonicMs();
    const found = await this.#judge();
    const [first] = found.result?.findings ?? [];
    this.#broken = found.state === 'broken' ? { size: found.size, why: first?.message ?? '' } : null;
    return { ...found, checkedAt: clock.now().toISOString(), tookMs: Math.round(clock.monotonicMs() - began) };
  }

  async #judge(): Promise<Omit<LedgerStatus, 'checkedAt' | 'tookMs'>> {
    const known = await this.#known();
    if (known === null) return { ...NO_LEDGER, state: 'absent' };
    if ('broken' in known) return { ...NO_LEDGER, state: 'broken', result: known.broken };
    const result = await this.#verdictOf(known);
    const state = result.verdict === 'BROKEN' ? 'broken' : 'holds';
    // A change that kept size and time of a file would else show entries as they were before it.
    if (state === 'broken') this.#entries.forget();
    const { index } = await this.#entries.source(ledgerPaths(known.folder), known.key);
    return {
      state,
      folder: known.folder,
      origin: known.key.name,
      fingerprint: keyFingerprint(nodePrimitives, known.key),
      size: result.size ?? index.lines.length,
      anchored: result.anchored ?? null,
      carried: carriedOf(index.lines),
      result,
    };
  }

  /** The ledger that this home knows; a home that knows none may still have had one. */
  async #known(): Promise<KnownLedger | null | { readonly broken: VerifyFacts }> {
    try {
      return await findLedger(this.#place());
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code !== 'LEDGER/ABSENT') return { broken: brokenBy('VKEY_INVALID', error.message) };
      const orphans = await ledgerFolders(this.#place());
      if (orphans.length === 0) return null;
      return {
        broken: brokenBy(
          'FILE_MISSING',
          `This home no longer has the public key of its ledger (${orphans.join(', ')}).`,
        ),
      };
    }
  }

  /** The key that this home knows must have signed: another one, wherever it came from, is not this ledger. */
  async #verdictOf({ folder, key }: KnownLedger): Promise<VerifyFacts> {
    try {
      const reader = this.#core.store.read;
      return factsOf(await verifyPath({ path: folder, reader, cwd: folder, trusted: [key], key: key.vkey }));
    } catch (error) {
      if (!isAppError(error, 'PACKAGE/ABSENT')) throw error;
      return brokenBy('FILE_MISSING', `The files of the ledger are gone from ${folder}.`);
    }
  }

  /** Changes when a file does that the verdict rests on. */
  async #stamp(): Promise<string> {
    const known = await this.#known();
    if (known === null || 'broken' in known) return JSON.stringify(known);
    const { entries, checkpoint, vkey } = ledgerPaths(known.folder);
    const found = await Promise.all([entries, checkpoint, vkey].map((path) => this.#core.store.read.stat(path)));
    return JSON.stringify([known.key.vkey, found]);
  }
}

const NO_LEDGER = {
  folder: null,
  origin: null,
  fingerprint: null,
  size: 0,
  anchored: null,
  carried: null,
  result: null,
} as const;

function brokenBy(code: string, message: string): VerifyFacts {
  return { verdict: 'BROKEN', kind: 'ledger', signer: null, findings: [{ code, message }] };
}

/** A result of verification as it leaves the core. */
export function factsOf({ findings, ...result }: VerifyResult): VerifyFacts {
  return { ...result, findings: findings.map((finding) => ({ ...finding })) };
}
