import type { Connector } from '../../ports/connector.ts';
import { batchSchema } from './batch-schema.ts';
import { postgresDialect } from './dialect.ts';
import { postgresOptions, type PostgresOptions } from './options.ts';
import { postgresCsvProfile } from './profile.ts';
import { openSession } from './session.ts';
import { postgresUrl } from './url.ts';

export const postgres: Connector<PostgresOptions> = {
  id: 'postgres',
  title: 'PostgreSQL',
  traits: {
    network: true,
    wire: 'pg-copy-text',
    sharesSnapshots: 'by name',
    enforcesReadOnly: true,
    consistencyRemark: null,
    snapshotCost:
      'VACUUM keeps every row that was deleted or replaced since it was taken, in the whole database; DDL and TRUNCATE on the tables of the plan wait.',
    url: postgresUrl,
    quoting: { nameQuote: '"', backslashEscapes: false },
  },
  options: postgresOptions,
  dialect: postgresDialect,
  csvProfile: postgresCsvProfile,
  batchSchema,
  open: openSession,
};
