import { AppError } from '../../src-shared/errors/app-error.ts';
import type { Finding } from '../../src-shared/model/finding.ts';
import { counted } from '../../src-shared/util/format-number.ts';

/** Thrown when a plan cannot be used as it is: carries all findings, for the person who has to mend it. */
export class PlanFindings extends AppError {
  /** In the order of the file. */
  readonly findings: readonly Finding[];
  /** The plan file, as the person named it. */
  readonly file: string;

  constructor(findings: readonly Finding[], file: string) {
    const errors = findings.filter((finding) => finding.severity === 'error');
    const [first] = errors;
    const where = first?.line === undefined ? '' : ` (line ${first.line}, column ${first.column ?? 1})`;
    const more = errors.length > 1 ? ` And ${counted(errors.length - 1, 'more finding')}.` : '';
    super(first?.code ?? 'PLAN/INVALID', {
      message: `${first?.message ?? 'The plan is not valid.'}${where}${more}`,
      remedy: first?.remedy ?? 'Correct the plan at this place.',
      context: first?.line === undefined ? {} : { line: first.line, column: first.column ?? 1 },
    });
    this.findings = findings;
    this.file = file;
  }
}
