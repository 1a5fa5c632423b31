import { isRunId, type Entry } from './entry.ts';
import type { FindingLog } from './finding-log.ts';
import { isJsonObject } from './parse-json.ts';

const FOLDER = 'data/runs/';

/**
 * The runs' files of an audit bundle against the digests that the ledger's `export.*` entries hold for them
 * (`data.correlation` is the run, `data.files` maps a name to `sha256:<hex>`).
 */
export class BundledRuns {
  readonly #log: FindingLog;
  /** SHA-256 (hex) per path, of the runs' files alone. */
  readonly #digests: ReadonlyMap<string, string>;
  readonly #recorded = new Set<string>();
  #absent = 0;

  constructor(digests: ReadonlyMap<string, string>, log: FindingLog) {
    this.#log = log;
    this.#digests = new Map([...digests].filter(([path]) => BundledRuns.owns(path)));
  }

  /** Whether a payload path is a run's file. */
  static owns(path: string): boolean {
    const [run = '', file = '', ...rest] = path.startsWith(FOLDER) ? path.slice(FOLDER.length).split('/') : [];
    return isRunId(run) && file !== '' && rest.length === 0;
  }

  /** Sees an entry of the ledger go by. */
  see(entry: Entry): void {
    if (entry.kind !== 'event' || !entry.type.startsWith('export.')) return;
    const { correlation, files } = entry.data;
    if (typeof correlation !== 'string' || !isJsonObject(files)) return;
    for (const [name, digest] of Object.entries(files)) {
      const path = `${FOLDER}${correlation}/${name}`;
      const actual = this.#digests.get(path);
      if (actual === undefined) this.#absent++;
      else {
        this.#recorded.add(path);
        if (digest !== `sha256:${actual}`) {
          this.#log.add('RUN_FILE_MISMATCH', 'The file is not the one the ledger recorded.', { seq: entry.seq, path });
        }
      }
    }
  }

  /** Says what the ledger did not record, once all of it went by. */
  finish(): void {
    for (const path of this.#digests.keys()) {
      if (!this.#recorded.has(path))
        this.#log.add('RUN_FILE_UNRECORDED', 'No entry of the ledger records this file.', { path });
    }
    if (this.#absent > 0) {
      this.#log.add(
        'RUN_FILES_ABSENT',
        `${this.#absent} recorded files of runs are not in the bundle; their digests are in the ledger.`,
      );
    }
  }
}
