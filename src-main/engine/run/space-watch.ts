import { appError } from '../../../src-shared/errors/app-error.ts';
import { formatBytes } from '../../../src-shared/util/format-number.ts';
import type { Store } from '../../ports/store.ts';

/** Below this the volume counts as full: the ledger and the report must still fit. */
const FLOOR_BYTES = 32 * 1024 * 1024;
const CHECK_EVERY_BYTES = 64 * 1024 * 1024;

/** Watches the free space of the volume a run writes to, before and while it runs. */
export class SpaceWatch {
  readonly #store: Store;
  readonly #folder: string;
  #next = 0;

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
      message: `Only ${formatBytes(free)} are free where the package is written; about ${wanted} are needed.`,
      remedy: 'Free some space, or choose another folder with --out.',
      context: { free, needed: needed + FLOOR_BYTES },
    });
  }

  /** To be called with the bytes written so far; asks the system only now and then. */
  async written(total: number): Promise<void> {
    if (total < this.#next) return;
    this.#next = total + CHECK_EVERY_BYTES;
    await this.require(0);
  }
}
