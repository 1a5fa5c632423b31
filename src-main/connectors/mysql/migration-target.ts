import type { MigrationTarget } from '../../ports/migration.ts';
import { writeDdl } from './ddl-writer.ts';
import { writeLoadScript } from './load-script.ts';
import { mysqlCsvProfile } from './profile.ts';

/** MySQL and MariaDB as the place that a package is loaded into, by the client program. */
export const mysqlTarget: MigrationTarget = {
  id: 'mysql',
  title: 'MySQL and MariaDB',
  csvProfile: mysqlCsvProfile,
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
