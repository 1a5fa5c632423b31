import type { Connector } from '../../ports/connector.ts';
import { batchSchema } from './batch-schema.ts';
import { sqliteDialect } from './dialect.ts';
import { type SqliteOptions, sqliteOptions } from './options.ts';
import { sqliteCsvProfile } from './profile.ts';
import { openSession } from './session.ts';
import { sqliteUrl } from './url.ts';

export const sqlite: Connector<SqliteOptions> = {
  id: 'sqlite',
  title: 'SQLite',
  traits: {
    network: false,
    wire: 'counted-text',
    sharesSnapshots: 'by name',
    enforcesReadOnly: true,
    consistencyRemark: 'Without a WAL no lock is taken: a program that writes the file meanwhile makes the run fail.',
    snapshotCost:
      'With a WAL, that file grows with every write, for no checkpoint gets past the snapshot. Without one nobody is held up, and a write by others makes the run fail.',
    url: sqliteUrl,
    quoting: { nameQuote: '"', backslashEscapes: false },
  },
  options: sqliteOptions,
  dialect: sqliteDialect,
  csvProfile: sqliteCsvProfile,
  batchSchema,
  open: openSession,
};
