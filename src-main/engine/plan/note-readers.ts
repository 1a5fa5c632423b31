import type { Plan } from '../../../src-shared/model/plan.ts';
import type { ConnectorTraits } from '../../ports/connector.ts';
import type { FoundTable } from './compile-request.ts';
import type { FindingList } from './finding-list.ts';

interface Reading {
  readonly shares: ConnectorTraits['sharesSnapshots'];
  readonly findings: FindingList;
}

/** Where several connections would not be at the same point in time, one reads the run. */
export function noteReaders(plan: Plan, tables: readonly FoundTable[], { shares, findings }: Reading): void {
  const connections = plan.limits?.connections ?? 1;
  if (shares === 'by name' || connections === 1) return;
  const unheld = tables.filter(isNotHeld).map(({ name }) => name);
  if (shares === 'by hold' && unheld.length === 0) return;
  const others = 'others would not be at the same point in time';
  findings.note('PLAN/FEATURE_UNSUPPORTED', ['limits', 'connections'], {
    message:
      shares === null
        ? `This product is read with one connection, not with up to ${connections}: ${others}.`
        : `This plan is read with one connection, not with up to ${connections}: ${others}, since what conditions, views and queries read besides cannot be held for it (${namesOf(unheld)}).`,
    remedy:
      shares === null
        ? 'Nothing is lost by it but time; it may stay in the plan. Where there is a server, a second one looks how the run is doing on it.'
        : 'Nothing is lost by it but time. Tables without conditions, in a plan of their own, are read by several.',
    at: 'key',
  });
}

/** What it reads cannot be named before it is read. */
const isNotHeld = ({ entry, catalogTable }: FoundTable): boolean =>
  catalogTable === null || catalogTable.kind.includes('view') || ('where' in entry && entry.where !== undefined);

const NAMED = 3;

function namesOf(tables: readonly string[]): string {
  const more = tables.length - NAMED;
  return `${tables.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
