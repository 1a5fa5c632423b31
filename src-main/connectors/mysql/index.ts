import type { Connector } from '../../ports/connector.ts';
import { batchSchema } from './batch-schema.ts';
import { mysqlDialect } from './dialect.ts';
import { type MysqlOptions, mysqlOptions } from './options.ts';
import { mysqlCsvProfile } from './profile.ts';
import { openSession } from './session.ts';
import { mysqlUrl } from './url.ts';

export const mysql: Connector<MysqlOptions> = {
  id: 'mysql',
  title: 'MySQL and MariaDB',
  traits: {
    network: true,
    wire: 'counted-packets',
    sharesSnapshots: 'by hold',
    enforcesReadOnly: true,
    consistencyRemark:
      'Only InnoDB tables are read in one snapshot; a table of another engine is never proven complete.',
    snapshotCost:
      'InnoDB keeps every row version that was replaced since it was taken, in the whole server; DDL and TRUNCATE on the tables of the plan wait.',
    url: mysqlUrl,
    quoting: { nameQuote: '`', backslashEscapes: true },
  },
  options: mysqlOptions,
  dialect: mysqlDialect,
  csvProfile: mysqlCsvProfile,
  batchSchema,
  open: openSession,
};
