import type { CsvProfile } from '../../src-shared/model/csv-profile.ts';
import type { Connector } from '../ports/connector.ts';
import { oracleCsvProfile } from './oracle/profile.ts';
import { mysql } from './mysql/index.ts';
import { postgres } from './postgres/index.ts';
import { sqlite } from './sqlite/index.ts';
import { sqlserver } from './sqlserver/index.ts';

/** Every connector, one line each. Options pass the connector's own schema before they reach `open`. */
export const connectors: readonly Connector[] = [postgres, mysql, sqlserver, sqlite];

/** CSV profiles of the products' own loaders by id; one product can be written for, though not yet read from. */
export const csvProfiles: ReadonlyMap<string, CsvProfile> = new Map(
  [...connectors.map(({ csvProfile }) => csvProfile), oracleCsvProfile].map((profile) => [profile.id, profile]),
);
