import type { CsvProfile } from '../../src-shared/model/csv-profile.ts';
import type { Connector } from '../ports/connector.ts';
import type { MigrationTarget } from '../ports/migration.ts';
import { mysql } from './mysql/index.ts';
import { loadDriver as loadMysqlDriver } from './mysql/login.ts';
import { mysqlTarget } from './mysql/migration-target.ts';
import { oracle } from './oracle/index.ts';
import { importDriver as importOracleDriver } from './oracle/driver.ts';
import { oracleTarget } from './oracle/migration-target.ts';
import { postgres } from './postgres/index.ts';
import { postgresTarget } from './postgres/migration-target.ts';
import { sqlite } from './sqlite/index.ts';
import { sqlserver } from './sqlserver/index.ts';
import { loadDriver as loadSqlserverDriver } from './sqlserver/driver.ts';
import { sqlserverTarget } from './sqlserver/migration-target.ts';

/** Every connector, one line each. Options pass the connector's own schema before they reach `open`. */
export const connectors: readonly Connector[] = [postgres, mysql, sqlserver, oracle, sqlite];

/** Drivers that take long to load, by connector: begun with while a password is being waited for. What fails fails again where it is used. */
export const drivers: ReadonlyMap<string, () => Promise<unknown>> = new Map<string, () => Promise<unknown>>([
  [mysql.id, loadMysqlDriver],
  [sqlserver.id, loadSqlserverDriver],
  [oracle.id, importOracleDriver],
]);

/** Products that a package can be written for with scripts that load it, one line each. */
export const migrationTargets: readonly MigrationTarget[] = [
  postgresTarget,
  mysqlTarget,
  sqlserverTarget,
  oracleTarget,
];

/** CSV profiles of the products' own loaders by id. */
export const csvProfiles: ReadonlyMap<string, CsvProfile> = new Map(
  connectors.map(({ csvProfile }) => [csvProfile.id, csvProfile]),
);
