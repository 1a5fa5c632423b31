import type { MigrationTarget } from '../../ports/migration.ts';
import { writeDdl } from './ddl-writer.ts';
import { writeLoadScript } from './load-script.ts';
import { postgresCsvProfile } from './profile.ts';

/** PostgreSQL as the place that a package is loaded into, by psql. */
export const postgresTarget: MigrationTarget = {
  id: 'postgres',
  title: 'PostgreSQL',
  csvProfile: postgresCsvProfile,
  write(schema) {
    const ddl = writeDdl(schema);
    return {
      files: [
        { path: 'ddl.sql', text: ddl.text },
        { path: 'load.sql', text: writeLoadScript(schema, ddl) },
      ],
      notes: ddl.notes,
    };
  },
};
