import type { CsvProfile } from '../../src-shared/model/csv-profile.ts';
import type { Connector } from '../ports/connector.ts';
import { mysql } from './mysql/index.ts';
import { oracle } from './oracle/index.ts';
import { postgres } from './postgres/index.ts';
import { sqlite } from './sqlite/index.ts';
import { sqlserver } from './sqlserver/index.ts';

/** Every connector, one line each. Options pass the connector's own schema before they reach `open`. */
export const connectors: readonly Connector[] = [postgres, mysql, sqlserver, oracle, sqlite];

/** CSV profiles of the products' own loaders by id. */
export const csvProfiles: ReadonlyMap<string, CsvProfile> = new Map(
  connectors.map(({ csvProfile }) => [csvProfile.id, csvProfile]),
);
