import type { Plan } from '../../../src-shared/model/plan.ts';
import { describeDrift } from './catalog-drift.ts';
import { catalogShape, digestShape, type CatalogShape } from './catalog-shape.ts';
import type { ChosenTable } from './bind-masks.ts';
import type { CompileRequest } from './compile-request.ts';
import type { FindingList } from './finding-list.ts';

export interface CatalogState {
  readonly digest: string;
  readonly shape: CatalogShape;
}

const MAX_SENTENCES = 20;

/** The sign-off: the plan's digest against the catalog of today, and whether one is needed at all. */
export function checkCatalog(
  plan: Plan,
  tables: readonly ChosenTable[],
  { request, findings }: { request: CompileRequest; findings: FindingList },
): CatalogState {
  const shape = catalogShape(
    tables.flatMap(({ catalogTable }) => (catalogTable === null ? [] : [catalogTable])),
    tables.flatMap(({ catalogTable, name, available }) =>
      // A described query has a type for each column; only the names and native types are looked at.
      catalogTable === null
        ? [[name, available.flatMap((c) => (c.type === null ? [] : [{ ...c, type: c.type }]))]]
        : [],
    ),
  );
  const digest = digestShape(shape);
  const accept = request.accept ?? 'none';
  if (plan.catalog === undefined) {
    if (accept === 'none' && isOpen(tables)) {
      findings.error('PLAN/CATALOG_UNACCEPTED', ['tables'], {
        message: 'The plan takes whatever tables or columns are there, and nobody has signed off what that is today.',
        remedy: 'Look at it and accept it: `plan check FILE --accept`, or `run FILE --accept-catalog`.',
        at: 'key',
      });
    }
  } else if (plan.catalog !== digest && accept !== 'any') {
    findings.error('PLAN/STALE', ['catalog'], {
      message: `The catalog is no longer the one that was accepted. ${difference(request.acceptedShape ?? null, shape)}`,
      remedy: 'Look at the difference and accept it with `plan check FILE --accept`.',
      at: 'key',
    });
  }
  return { digest, shape };
}

/** Globs, and tables without a list of columns, mean something else when the catalog changes. */
function isOpen(tables: readonly ChosenTable[]): boolean {
  return tables.some((table) => table.globbed || (table.catalogTable !== null && table.entry.columns === undefined));
}

function difference(accepted: CatalogShape | null, current: CatalogShape): string {
  if (accepted === null) return 'The accepted state is not known on this machine, so the difference cannot be told.';
  const sentences = describeDrift(accepted, current);
  const more = sentences.length - MAX_SENTENCES;
  return [...sentences.slice(0, MAX_SENTENCES), ...(more > 0 ? [`And ${more} more differences.`] : [])].join(' ');
}
