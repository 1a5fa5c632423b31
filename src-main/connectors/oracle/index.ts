import type { Connector } from '../../ports/connector.ts';
import { batchSchema } from './batch-schema.ts';
import { oracleDialect } from './dialect.ts';
import { type OracleOptions, oracleOptions } from './options.ts';
import { oracleCsvProfile } from './profile.ts';
import { openSession } from './session.ts';
import { oracleUrl } from './url.ts';

export const oracle: Connector<OracleOptions> = {
  id: 'oracle',
  title: 'Oracle Database',
  traits: {
    network: true,
    wire: 'none',
    sharesSnapshots: 'by name',
    enforcesReadOnly: false,
    consistencyRemark:
      'A long run needs undo for as long as it takes; a table that cannot be locked in ROW SHARE mode is not proven complete.',
    snapshotCost:
      'Nothing is kept for it: once undo that it needs is overwritten, reading fails with ORA-01555. DDL and TRUNCATE on the tables of the plan wait.',
    url: oracleUrl,
    quoting: { nameQuote: '"', backslashEscapes: false },
  },
  options: oracleOptions,
  dialect: oracleDialect,
  csvProfile: oracleCsvProfile,
  batchSchema,
  open: openSession,
};
