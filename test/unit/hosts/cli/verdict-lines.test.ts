import { expect, it } from 'vitest';
import type { TableResult } from '../../../../src-main/engine/run/table-job.ts';
import { verdictLines } from '../../../../src-main/hosts/cli/verdict-lines.ts';

const table = (name: string, more: Partial<TableResult>): TableResult => ({
  ...{ name, table: ['shop', name], resources: [], elapsedMs: 1, verdict: 'complete' },
  ...{ sourceRows: 1_500_000, writtenRows: 1_500_000, rereadRows: 1_500_000 },
  ...more,
});

it('keeps verdict, counts and size of each table in one line of 80', () => {
  const lines = verdictLines([
    table('public.customer_address', {
      resources: [{ path: 'data/a.csv', bytes: 1_000_000_000, sha256: '', rows: 1_500_000 }],
    }),
    table('public.orders', { verdict: 'incomplete', sourceRows: null, writtenRows: null, rereadRows: null }),
  ]);
  expect(lines.map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
    'TABLE                    VERDICT     SOURCE     WRITTEN    RE-READ    SIZE',
    'public.customer_address  complete    1 500 000  1 500 000  1 500 000  953.7 MiB',
    'public.orders            incomplete  ?          ?          ?          0 B',
  ]);
});
