import type { AppError } from '../../../src-shared/errors/app-error.ts';
import type { Catalog, CatalogTable } from '../../../src-shared/model/catalog.ts';
import type { PlanEntry } from '../../../src-shared/model/plan.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { ConnectorTraits, SqlDialect } from '../../ports/connector.ts';
import type { Format, FormatContext } from '../../ports/format.ts';
import type { Mask } from '../../ports/mask.ts';
import type { MigrationTarget } from '../../ports/migration.ts';
import type { CatalogShape } from './catalog-shape.ts';
import type { ColumnDetector } from './column-detector.ts';
import type { ParsedPlan } from './parse-plan.ts';

export interface CompileRequest {
  /** With its findings: a plan that was read with errors is not compiled. */
  readonly parsed: ParsedPlan;
  readonly catalog: Catalog;
  readonly dialect: SqlDialect;
  /** Id of the connector that reads; a target of the same id is the same product. */
  readonly connector: string;
  /** How several connections can read it at one point in time, as the product's traits say; absent: they cannot. */
  readonly sharesSnapshots?: ConnectorTraits['sharesSnapshots'];
  readonly registries: {
    readonly masks: readonly Mask[];
    readonly formats: readonly Format[];
    readonly formatContext: FormatContext;
    readonly migrationTargets: readonly MigrationTarget[];
  };
  /** Output columns of each query of the plan by its name (`queriesOf`), or why they could not be had. */
  readonly describedQueries: ReadonlyMap<string, readonly ReadColumn[] | AppError>;
  /** Values given beside the plan; they win over its own. */
  readonly params?: Readonly<Record<string, string | null>>;
  /** Names of tables to keep (`run --only`): a name, or a glob over names. */
  readonly only?: readonly string[];
  /**
   * What the operator signs off. `none`: nothing. `unsigned` (`run --accept-catalog`): the catalog as it is, where the
   * plan has no digest. `any` (`plan check --accept`): the catalog as it is, whatever the plan says.
   */
  readonly accept?: 'none' | 'unsigned' | 'any';
  /** The shape that belongs to the plan's digest, where this home knows it: for the difference in words. */
  readonly acceptedShape?: CatalogShape | null;
  readonly detect?: ColumnDetector;
}

/** One table or query of the plan, found in the catalog. */
export interface FoundTable {
  /** Position in `tables:`. */
  readonly index: number;
  readonly entry: PlanEntry;
  readonly name: string;
  readonly table: readonly [namespace: string, name: string];
  /** null: a query. */
  readonly catalogTable: CatalogTable | null;
  /** Found through a glob. */
  readonly globbed: boolean;
}

export function allTables(catalog: Catalog): readonly CatalogTable[] {
  return catalog.namespaces.flatMap((namespace) => namespace.tables);
}
