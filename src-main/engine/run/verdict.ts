import type { TableResult } from './table-job.ts';

/** Facts about one table that lead to its verdict. */
export interface TableEvidence {
  readonly sourceRows: number;
  readonly writtenRows: number;
  readonly rereadRows: number;
  /** Why equal counts would prove nothing here; null: they do. */
  readonly unproven: string | null;
}

/** Complete only when source = written = re-read, and the source could not change between the count and the read. */
export function verdictOf(evidence: TableEvidence): Pick<TableResult, 'verdict' | 'why'> {
  const { sourceRows, writtenRows, rereadRows } = evidence;
  if (sourceRows !== writtenRows || writtenRows !== rereadRows) {
    return {
      verdict: 'incomplete',
      why: `The source has ${sourceRows} rows, ${writtenRows} were written and ${rereadRows} were read back.`,
    };
  }
  return evidence.unproven === null ? { verdict: 'complete' } : { verdict: 'unproven', why: evidence.unproven };
}
