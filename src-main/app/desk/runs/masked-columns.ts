import type { CompiledPlan } from '../../../../src-shared/model/compiled-plan.ts';

/** Columns of a plan that go through a mask. */
export function maskedColumns({ tables }: Pick<CompiledPlan, 'tables'>): number {
  return tables.reduce((sum, { masks }) => sum + masks.filter((mask) => mask !== null).length, 0);
}
