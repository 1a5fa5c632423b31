import { appError, isAppError } from '../../../src-shared/errors/app-error.ts';
import { formatBytes } from '../../../src-shared/util/format-number.ts';
import type { Store } from '../../ports/store.ts';

/** Below this the volume counts as full: the ledger and the report must still fit. */
export const FLOOR_BYTES = 32 * 1024 * 1024;
const CHECK_EVERY_BYTES = 64 * 1024 * 1024;

/** What to do about a volume that is full, or may be. */
export const SPACE_REMEDY = 'Free some space, or choose another folder with --out.';

/**
 * A disk that ran full under a table, told by what a person knows: the table, and the folder asked for. The file that did
 * not fit has a name of ours, and is gone by now. Other errors pass unchanged.
 */
export function fullDiskOf(error: unknown, { table, folder }: { table: string; folder: string }): unknown {
  if (!isAppError(error, 'SPOOL/DISK_FULL')) return error;
  const { system } = error.context;
  const fact = typeof system === 'string' ? `There is no space left in ${folder} (${system}).` : error.message;
  const { context, cause } = error;
  return appError(error.code, {
    message: `${table}: ${fact}`,
    remedy: SPACE_REMEDY,
    context: { ...context, table },
    cause,
  });
}

/** Watches the free space of the volume a run writes to, before and while it runs. */
export class SpaceWatch {
  readonly #store: Store;
  readonly #folder: string;
  #unchecked = 0;

  constructor(store: Store, folder: string) {
    this.#store = store;
    this.#folder = folder;
  }

  /** Throws `SPOOL/DISK_FULL` when fewer than `needed` bytes (and a floor) are free. */
  async require(needed: number): Promise<void> {
    const free = await this.#store.read.freeBytes(this.#folder);
    if (free === null || free >= needed + FLOOR_BYTES) return;
    const wanted = formatBytes(needed + FLOOR_BYTES);
    throw appError('SPOOL/DISK_FULL', {
      message: `Only ${formatBytes(free)} are free in ${this.#folder}; at least ${wanted} are needed.`,
      remedy: SPACE_REMEDY,
      context: { free, needed: needed + FLOOR_BYTES },
    });
  }

  /** To be called with the bytes written since the last call; asks the system only now and then. */
  async written(bytes: number): Promise<void> {
    this.#unchecked += bytes;
    if (this.#unchecked < CHECK_EVERY_BYTES) return;
    this.#unchecked = 0;
    await this.require(0);
  }
}
