import type { MigrationTarget } from '../../ports/migration.ts';
import { writeCommandScript, writeShellScript } from './bcp-scripts.ts';
import { writeDdl } from './ddl-writer.ts';
import { writeLoadScript, writeStageScript } from './load-script.ts';
import { sqlserverCsvProfile } from './profile.ts';

/** SQL Server as the place that a package is loaded into, by sqlcmd and bcp. */
export const sqlserverTarget: MigrationTarget = {
  id: 'sqlserver',
  title: 'SQL Server',
  csvProfile: sqlserverCsvProfile,
  write(schema) {
    const ddl = writeDdl(schema);
    return {
      files: [
        { path: 'ddl.sql', text: ddl.text },
        { path: 'load.sh', text: writeShellScript(ddl) },
        { path: 'load.cmd', text: writeCommandScript(ddl) },
        { path: 'stage.sql', text: writeStageScript(ddl) },
        { path: 'load.sql', text: writeLoadScript(schema, ddl) },
      ],
      notes: ddl.notes,
    };
  },
};
