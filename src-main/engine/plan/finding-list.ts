import { toAppError } from '../../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { positionOf, type PlanDocument, type PlanPath } from './plan-document.ts';

export interface FindingDetails {
  readonly message: string;
  readonly remedy?: string;
  readonly table?: string;
  readonly field?: string;
  /** Point at the key instead of its value. */
  readonly at?: 'key';
}

/** Collects findings with their places in the plan file. */
export class FindingList {
  readonly #document: PlanDocument;
  readonly #found: Finding[] = [];

  constructor(document: PlanDocument, known: readonly Finding[] = []) {
    this.#document = document;
    this.#found.push(...known);
  }

  error(code: ErrorCode, path: PlanPath, details: FindingDetails): void {
    this.#add('error', code, { path, details });
  }

  warning(code: ErrorCode, path: PlanPath, details: FindingDetails): void {
    this.#add('warning', code, { path, details });
  }

  note(code: ErrorCode, path: PlanPath, details: FindingDetails): void {
    this.#add('note', code, { path, details });
  }

  /** A thrown error as a finding, which names the table where it is about one; our own mistakes are thrown on. */
  thrown(error: unknown, path: PlanPath, table?: string): void {
    const known = toAppError(error);
    if (known.code === 'APP/INVARIANT') throw known;
    const remedy = known.remedy === undefined ? {} : { remedy: known.remedy };
    const isNamed = table === undefined || known.message.includes(table);
    const message = isNamed ? known.message : `${table}: ${known.message}`;
    this.error(known.code, path, { message, ...remedy, ...(table === undefined ? {} : { table }) });
  }

  get hasErrors(): boolean {
    return this.#found.some((finding) => finding.severity === 'error');
  }

  /** In the order of the file; findings without a place come first. */
  all(): readonly Finding[] {
    const place = (finding: Finding) => (finding.line ?? 0) * 1_000_000 + Math.min(finding.column ?? 0, 999_999);
    return this.#found.toSorted((a, b) => place(a) - place(b));
  }

  #add(severity: Finding['severity'], code: ErrorCode, found: { path: PlanPath; details: FindingDetails }): void {
    const { at, ...rest } = found.details;
    const place = positionOf(this.#document, found.path, at ?? 'value');
    this.#found.push({ severity, code, ...rest, ...place, path: [...found.path] });
  }
}
