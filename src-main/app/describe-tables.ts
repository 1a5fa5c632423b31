import type { DescribedTable } from '../engine/package/descriptor.ts';
import type { TableResult } from '../engine/run/table-job.ts';
import type { Registries } from './core.ts';
import type { ExportRequest } from './export-context.ts';

/** What the descriptor says of each table: its masks with their promise, its key, its order. */
export function describeTables(
  registries: Registries,
  request: ExportRequest,
  results: readonly TableResult[],
): readonly DescribedTable[] {
  const disclosed = request.compiled.disclose.includes('sql');
  return request.bound.jobs.flatMap((job, index): DescribedTable[] => {
    const result = results[index];
    const compiled = request.compiled.tables[index];
    if (result === undefined || compiled === undefined) return [];
    const masks = compiled.masks.flatMap((mask, column) => {
      const name = job.outputSchema.columns[column]?.name;
      if (mask === null || name === undefined) return [];
      const promise = registries.masks.get(mask.id)?.traits.promise ?? '';
      return [[name, { mask: mask.id, ...(mask.class === undefined ? {} : { class: mask.class }), promise }] as const];
    });
    const order = job.read.orderBy.map((term) => `${term.column}${term.descending ? ' descending' : ''}`);
    return [
      {
        job,
        result,
        masks: Object.fromEntries(masks),
        primaryKey: compiled.primaryKey,
        statement: disclosed ? request.connection.connector.dialect.select(job.read) : null,
        order: order.length === 0 ? 'physical order of the table; another run may differ' : `by ${order.join(', ')}`,
      },
    ];
  });
}
