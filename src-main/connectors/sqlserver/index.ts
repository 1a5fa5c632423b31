import type { Connector } from '../../ports/connector.ts';
import { batchSchema } from './batch-schema.ts';
import { sqlserverDialect } from './dialect.ts';
import { type SqlserverOptions, sqlserverOptions } from './options.ts';
import { sqlserverCsvProfile } from './profile.ts';
import { openSession } from './session.ts';
import { sqlserverUrl } from './url.ts';

export const sqlserver: Connector<SqlserverOptions> = {
  id: 'sqlserver',
  title: 'Microsoft SQL Server',
  traits: {
    network: true,
    wire: 'none',
    sharesSnapshots: 'by hold',
    enforcesReadOnly: false,
    consistencyRemark:
      'One snapshot needs ALLOW_SNAPSHOT_ISOLATION in the database; without it no table is proven complete.',
    snapshotCost:
      'The version store in tempdb keeps every row version since it was taken; DDL and TRUNCATE on the tables of the plan wait.',
    url: sqlserverUrl,
    quoting: { nameQuote: '"', backslashEscapes: false, nationalTexts: true, likeSets: true },
  },
  options: sqlserverOptions,
  dialect: sqlserverDialect,
  csvProfile: sqlserverCsvProfile,
  batchSchema,
  open: openSession,
};
