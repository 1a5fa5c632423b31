import { join } from 'node:path';
import { AppError, isAppError } from '../../src-shared/errors/app-error.ts';
import { inclusionProofOfNext } from '../../src-shared/proof/merkle-proof.ts';
import { formatTlogProof } from '../../src-shared/proof/tlog-proof.ts';
import { fromUtf8 } from '../../src-shared/util/utf8.ts';
import type { LedgerPosition, LedgerWriter, Signer } from '../ports/ledger.ts';
import type { EventContent, SealContent } from './entry-line.ts';
import { appendFailure, ledgerBusy, writeFailure } from './errors.ts';
import { persistAppend, type WritableLedger } from './persist-append.ts';
import { planAppend, type PlannedAppend } from './plan-append.ts';
import type { Committed } from './read-committed.ts';
import { refreshLedger } from './refresh-ledger.ts';
import { keepReserve } from './reserve.ts';
import { takeBack } from './take-back.ts';
import { takeLine, type TreeState } from './tree-state.ts';

const LOCK_TIMEOUT_MS = 30_000;
/** Entries that end something may use the last space there is. */
const ENDS_SOMETHING = /\.(completed|failed|cancelled|interrupted|indeterminate)$/;
/** What a killed process left of a file that is replaced whole. */
const LEFTOVER = /^\.(checkpoint|frontier\.json|reserve)\..*\.tmp$/;

interface Appended {
  readonly position: LedgerPosition;
  readonly line: Uint8Array;
  readonly before: TreeState;
  /** The checkpoint's text. */
  readonly checkpoint: string;
}

/** The ledger of a home on its disk. Several processes may hold one open; each append happens under its lock. */
export class FileLedger implements LedgerWriter {
  readonly throwAway: boolean;
  readonly #ledger: WritableLedger;
  #committed: Committed | null = null;
  #failure: unknown = undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(ledger: WritableLedger, throwAway: boolean) {
    this.#ledger = ledger;
    this.throwAway = throwAway;
  }

  get origin(): string {
    return this.#ledger.key.key.name;
  }

  get vkey(): string {
    return this.#ledger.key.key.vkey;
  }

  get signer(): Signer {
    return this.#ledger.key.signer;
  }

  /** Examines the ledger and recovers what a crash left; throws when it is damaged. */
  async recover(): Promise<void> {
    const { home, paths } = this.#ledger;
    await this.#exclusively(async () => {
      await this.#removeLeftovers();
      this.#committed = await refreshLedger(this.#ledger, this.#committed);
      await keepReserve(home.store, paths.reserve);
    });
  }

  async append(type: string, data: Readonly<Record<string, unknown>>): Promise<LedgerPosition> {
    return (await this.#append({ type, data })).position;
  }

  async seal(
    run: string,
    manifestSha256: string,
  ): Promise<LedgerPosition & { readonly line: Uint8Array; readonly proof: string }> {
    const { position, line, before, checkpoint } = await this.#append({ run, manifest: manifestSha256 });
    const path = inclusionProofOfNext(before.frontier);
    return { ...position, line, proof: formatTlogProof({ index: position.seq, path, checkpoint }) };
  }

  async #append(content: EventContent | SealContent): Promise<Appended> {
    return await this.#exclusively(async () => {
      const committed = await refreshLedger(this.#ledger, this.#committed);
      this.#committed = committed;
      const append = planAppend(this.#ledger.home, committed, content);
      const mayUseReserve = 'type' in content && ENDS_SOMETHING.test(content.type);
      const after = await this.#persist(committed, { ...append, mayUseReserve });
      this.#committed = after;
      const { before, line } = append;
      const state = takeLine(before, line);
      const position = { seq: before.frontier.size, leafHash: state.lastLeaf ?? '', size: state.frontier.size };
      return { position, line, before, checkpoint: fromUtf8(after.note) ?? '' };
    });
  }

  async #persist(committed: Committed, append: PlannedAppend & { mayUseReserve: boolean }): Promise<Committed> {
    try {
      return await persistAppend(this.#ledger, committed, append);
    } catch (error) {
      if (error instanceof AppError) await takeBack(this.#ledger, committed);
      throw error;
    }
  }

  /** One after the other within this process, alone among processes. What fails under the lock kills the object. */
  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() => this.#underLock(work));
    this.#queue = turn.catch(() => undefined);
    return await turn;
  }

  async #underLock<T>(work: () => Promise<T>): Promise<T> {
    const { home, paths } = this.#ledger;
    if (this.#failure !== undefined) {
      throw writeFailure(paths.folder, 'an earlier append failed and it was not opened again', this.#failure);
    }
    using held = await home.locks.acquire(paths.lock, home.lockTimeoutMs ?? LOCK_TIMEOUT_MS);
    if (held === null) throw ledgerBusy(paths.folder);
    try {
      return await work();
    } catch (error) {
      // An entry that may not be written was refused before anything was touched.
      if (isAppError(error, 'LEDGER/ENTRY_TOO_LARGE') || isAppError(error, 'APP/INVARIANT')) throw error;
      this.#failure = error;
      throw appendFailure(error, paths.folder);
    }
  }

  async #removeLeftovers(): Promise<void> {
    const { home, paths } = this.#ledger;
    const present = (await home.store.read.list(paths.folder)) ?? [];
    for (const { name } of present) if (LEFTOVER.test(name)) await home.store.remove(join(paths.folder, name));
  }
}
