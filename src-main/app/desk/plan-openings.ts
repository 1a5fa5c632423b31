import { targetOf, type PlanEdit } from '../../engine/plan/plan-edit.ts';

/** What the desk remembers of a plan while it is open. */
export interface Opening {
  /** The text that `edits` were made on: an edit that is taken back gives its bytes back. */
  base: string;
  edits: readonly PlanEdit[];
  /** Digest of the text that they led to. */
  digest: string;
  /** Tables whose masked rows, and whose originals, the ledger knows to be looked at. */
  readonly masked: Set<string>;
  readonly originals: Set<string>;
}

/** More than a person remembers; each is made anew with every further one. */
const MAX_EDITS = 48;

/** Plans that are open, by path. */
export class PlanOpenings {
  readonly #open = new Map<string, Opening>();
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #written = new Map<string, Set<string>>();

  /** A text that is about to be written here, by its digest. */
  write(path: string, digest: string): void {
    const known = this.#written.get(path);
    if (known === undefined) this.#written.set(path, new Set([digest]));
    else known.add(digest);
  }

  /** Whether a text that stands in a file was written by this process; another program may have put it back since. */
  hasWritten(path: string, digest: string): boolean {
    return this.#written.get(path)?.has(digest) === true;
  }

  /** Begins anew: what was recorded before does not count for this opening. */
  begin(path: string, { text, digest }: { readonly text: string; readonly digest: string }): void {
    this.#open.set(path, { base: text, edits: [], digest, masked: new Set(), originals: new Set() });
  }

  /** The opening of a path, on the text that is there. */
  of(path: string, file: { readonly text: string; readonly digest: string }): Opening {
    const known = this.#open.get(path);
    if (known === undefined) this.begin(path, file);
    else if (known.digest !== file.digest) this.moveOn(known, { ...file, edits: [] });
    return this.#open.get(path) as Opening; // begun above
  }

  /** What was written is the opening's new state. Without edits, or with too many, its text is the new base. */
  moveOn(
    opening: Opening,
    { text, digest, edits }: { readonly text: string; readonly digest: string; readonly edits: readonly PlanEdit[] },
  ): void {
    const kept = withoutRepeats(edits);
    const isLong = kept.length > MAX_EDITS;
    opening.base = kept.length === 0 || isLong ? text : opening.base;
    opening.edits = isLong ? [] : kept;
    opening.digest = digest;
  }

  /** Work on one file, one after the other: what is compared and written belongs together. */
  async oneByOne<T>(path: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(path) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    this.#last.set(path, settled);
    try {
      return await mine;
    } finally {
      if (this.#last.get(path) === settled) this.#last.delete(path);
    }
  }
}

/** A table that came and went keeps its place before what was said of it. */
function withoutRepeats(edits: readonly PlanEdit[]): readonly PlanEdit[] {
  const last = new Map(edits.map((edit, index) => [targetOf(edit), index]));
  return edits.filter((edit, index) => edit.kind === 'table' || last.get(targetOf(edit)) === index);
}
