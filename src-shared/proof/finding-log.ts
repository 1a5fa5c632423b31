import { counted, isOrAre } from '../util/format-number.ts';
import { FINDING_CATALOG, type FindingCode, type FindingWeight } from './finding-catalog.ts';

/** One thing verification has to say. */
export interface ProofFinding {
  readonly code: FindingCode;
  /** A fact sentence. It may quote names from hostile input: escape it before showing. */
  readonly message: string;
  /** The ledger entry it speaks of. */
  readonly seq?: number;
  /** The file it speaks of. */
  readonly path?: string;
}

/** Of each weight: more than a person reads, few enough that a hostile folder cannot fill memory or hide one kind behind another. */
const MAX_FINDINGS = 100;

/** One thing is wrong with a file; that other files tell the same of it need not be said again. */
const ABOUT_A_FILE: ReadonlySet<FindingCode> = new Set([
  'FILE_MISSING',
  'FILE_EXTRA',
  'FILE_OVERSIZE',
  'FILE_MISMATCH',
  'SUMS_MISMATCH',
  'DESCRIPTOR_MISMATCH',
]);

/** Collects findings in the order in which they arise. */
export class FindingLog {
  readonly #findings: Record<FindingWeight, ProofFinding[]> = { broken: [], open: [], note: [] };
  readonly #faulty = new Set<string>();
  #unlisted = 0;

  add(code: FindingCode, message: string, where: { seq?: number; path?: string } = {}): void {
    const alike = this.#findings[FINDING_CATALOG[code]];
    if (where.path !== undefined && ABOUT_A_FILE.has(code)) {
      if (this.#faulty.has(where.path)) return;
      if (alike.length < MAX_FINDINGS) this.#faulty.add(where.path);
    }
    if (alike.length < MAX_FINDINGS) alike.push({ code, message, ...where });
    else this.#unlisted++;
  }

  /** Whether anything found decides against the folder. */
  get broken(): boolean {
    return this.#findings.broken.length > 0;
  }

  /** What decides first, then what is open, then notes. */
  list(): ProofFinding[] {
    const { broken, open, note } = this.#findings;
    const listed = [...broken, ...open, ...note];
    if (this.#unlisted === 0) return listed;
    return [
      ...listed,
      {
        code: 'MORE_FINDINGS',
        message: `${counted(this.#unlisted, 'more finding')} ${isOrAre(this.#unlisted)} not listed.`,
      },
    ];
  }
}
