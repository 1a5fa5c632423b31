import { FINDING_CATALOG, type FindingCode } from './finding-catalog.ts';

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

/** More than a person reads, few enough that a hostile folder cannot fill memory with them. */
const MAX_FINDINGS = 100;

/** Collects findings in the order in which they arise. */
export class FindingLog {
  readonly #findings: ProofFinding[] = [];
  #unlisted = 0;
  #broken = false;

  add(code: FindingCode, message: string, where: { seq?: number; path?: string } = {}): void {
    if (FINDING_CATALOG[code] === 'broken') this.#broken = true;
    // What keeps a package from VERIFIED is always listed; there are only a few of those.
    if (this.#findings.length < MAX_FINDINGS || FINDING_CATALOG[code] === 'open') {
      this.#findings.push({ code, message, ...where });
    } else {
      this.#unlisted++;
    }
  }

  /** Whether anything found decides against the folder. */
  get broken(): boolean {
    return this.#broken;
  }

  has(code: FindingCode): boolean {
    return this.#findings.some((finding) => finding.code === code);
  }

  /** What decides first, then what is open, then notes. */
  list(): ProofFinding[] {
    const inOrder = (['broken', 'open', 'note'] as const).flatMap((weight) =>
      this.#findings.filter((finding) => FINDING_CATALOG[finding.code] === weight),
    );
    if (this.#unlisted === 0) return inOrder;
    return [...inOrder, { code: 'MORE_FINDINGS', message: `${this.#unlisted} more findings are not listed.` }];
  }
}
