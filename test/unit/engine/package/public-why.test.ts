import { describe, expect, it } from 'vitest';
import { publicWhy } from '../../../../src-main/engine/package/public-why.ts';
import type { TableResult } from '../../../../src-main/engine/run/table-job.ts';

const result: TableResult = {
  ...{ name: 'public.bills', table: ['public', 'bills'], verdict: 'incomplete', resources: [], elapsedMs: 1 },
  ...{ sourceRows: null, writtenRows: null, rereadRows: null },
};

describe('why a table is not complete, as a package says it', () => {
  it('is the code of an error and not its text', () => {
    const message = 'There is no space left to write /home/c4nary/out.';
    const error = { code: 'SPOOL/DISK_FULL', kind: 'exhausted', message, context: {} } as const;
    expect(publicWhy({ ...result, why: message, error })).toEqual({ why: 'The table failed with SPOOL/DISK_FULL.' });
  });

  it('is what the counts say where nothing failed', () => {
    expect(publicWhy({ ...result, why: 'The source has 2 rows.' })).toEqual({ why: 'The source has 2 rows.' });
    expect(publicWhy({ ...result, verdict: 'complete' })).toEqual({});
  });
});
