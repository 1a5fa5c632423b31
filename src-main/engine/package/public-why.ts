import type { TableResult } from '../run/table-job.ts';

/**
 * Why a table is not complete, in words that may leave the house. The text of an error can name a host, a path or SQL,
 * which stay at home in the run's report; its code cannot.
 */
export function publicWhy({ why, error }: TableResult): { readonly why?: string } {
  if (error !== undefined) return { why: `The table failed with ${error.code}.` };
  return why === undefined ? {} : { why };
}
