// load.sh with stand-ins for sqlcmd and bcp, which write down how they are called.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sqlserverTarget } from '../../../../src-main/connectors/sqlserver/migration-target.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { runProgram } from '../../../servers/run-program.ts';
import { INT, schemaColumn, schemaOf, schemaTable } from '../../../unit/connectors/schema-builder.ts';

const SCHEMA = schemaOf([
  schemaTable('a.t', [schemaColumn('x', INT)], { paths: ["data/a.it's.0001.csv", 'data/a.t.0002.csv'], rows: 2 }),
  schemaTable('a.empty', [schemaColumn('x', INT)], { rows: 0 }),
]);

function prepared(folder: TempFolder, bcpFails = false): void {
  for (const { path, text } of sqlserverTarget.write(SCHEMA).files) writeFileSync(folder.join(path), text);
  for (const name of ['sqlcmd', 'bcp']) {
    const end = name === 'bcp' && bcpFails ? 'exit 1' : 'exit 0';
    writeFileSync(
      folder.join(name),
      `#!/bin/sh\nprintf '%s' ${name} >> calls\nfor each; do printf '|%s' "$each" >> calls; done\necho >> calls\n${end}\n`,
    );
    chmodSync(folder.join(name), 0o755);
  }
}

const load = (folder: TempFolder, env: Readonly<Record<string, string>>): Promise<string> =>
  runProgram('/bin/sh', ['load.sh'], {
    cwd: folder.path,
    env: { PATH: `${folder.path}:${process.env['PATH']}`, SQLCMDSERVER: 'db,1433', SQLCMDDBNAME: 'shop', ...env },
  });
const calls = (folder: TempFolder): string[] => readFileSync(folder.join('calls'), 'utf8').trimEnd().split('\n');

describe('load.sh for SQL Server', () => {
  it('makes the stages, fills them part by part, skips tables without rows, and brings the rows on', async () => {
    using folder = new TempFolder();
    prepared(folder);
    await load(folder, { SQLCMD_OPTIONS: '-C', BCP_OPTIONS: '-u' });
    const bcp = (file: string): string =>
      `bcp|waybill_load.t0|in|${file}|-S|db,1433|-d|shop|-w|-F|2|-k|-m|1|-r|\\r\\n|-u|-T`;
    expect(calls(folder)).toEqual([
      'sqlcmd|-S|db,1433|-d|shop|-b|-x|-I|-C|-i|stage.sql|-E',
      ...[bcp("data/a.it's.0001.csv"), bcp('data/a.t.0002.csv')],
      'sqlcmd|-S|db,1433|-d|shop|-b|-x|-I|-C|-i|load.sql|-E',
    ]);
  });

  it('logs in as it is told, a password with blanks included, and lets bcp ask where there is none', async () => {
    using folder = new TempFolder();
    prepared(folder);
    await load(folder, { SQLCMDUSER: 'sa', SQLCMDPASSWORD: "p w'" });
    expect(calls(folder)[0]).toMatch(/\|-i\|stage\.sql\|-U\|sa$/);
    expect(calls(folder)[1]).toMatch(/\|-U\|sa\|-P\|p w'$/);
    await load(folder, { SQLCMDUSER: 'sa' });
    expect(calls(folder).at(-2)).toMatch(/\|-U\|sa$/);
  });

  it('ends where a file is not read, before any row is brought on, and where it is not told the server', async () => {
    using folder = new TempFolder();
    prepared(folder, true);
    await expect(load(folder, {})).rejects.toThrow('ended with 1');
    expect(calls(folder).join('\n')).not.toContain('load.sql');
    await expect(load(folder, { SQLCMDSERVER: '' })).rejects.toThrow('names the server');
  });
});
