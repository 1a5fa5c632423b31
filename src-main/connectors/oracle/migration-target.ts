import type { MigrationTarget } from '../../ports/migration.ts';
import { writeDdl } from './ddl-writer.ts';
import { writeControlFiles, writeLoadScript, writeShellScript, writeStageScript } from './load-scripts.ts';
import { oracleCsvProfile } from './profile.ts';

/** Oracle as the place that a package is loaded into, by sqlplus and SQL*Loader. */
export const oracleTarget: MigrationTarget = {
  id: 'oracle',
  title: 'Oracle',
  csvProfile: oracleCsvProfile,
  write(schema) {
    const ddl = writeDdl(schema);
    return {
      files: [
        { path: 'ddl.sql', text: ddl.text },
        { path: 'load.sh', text: writeShellScript(ddl) },
        { path: 'stage.sql', text: writeStageScript(schema, ddl) },
        ...writeControlFiles(schema, ddl),
        { path: 'load.sql', text: writeLoadScript(schema, ddl) },
      ],
      notes: ddl.notes,
    };
  },
};
