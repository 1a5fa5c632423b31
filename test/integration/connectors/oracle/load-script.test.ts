// load.sh with stand-ins for sqlplus and sqlldr, which write down how they are called.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { oracleTarget } from '../../../../src-main/connectors/oracle/migration-target.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { runProgram } from '../../../servers/run-program.ts';
import { INT, schemaColumn, schemaOf, schemaTable } from '../../../unit/connectors/schema-builder.ts';

const SCHEMA = schemaOf([
  schemaTable('a.t', [schemaColumn('x', INT)], { paths: ['data/a.t.0001.csv', 'data/a.t.0002.csv'], rows: 2 }),
  schemaTable('a.empty', [schemaColumn('x', INT)], { rows: 0 }),
]);

function prepared(folder: TempFolder, loaderFails = false): void {
  for (const { path, text } of oracleTarget.write(SCHEMA).files) writeFileSync(folder.join(path), text);
  for (const name of ['sqlplus', 'sqlldr']) {
    const end = name === 'sqlldr' && loaderFails ? 'echo "row 1 is bad" > "${4#log=}"; exit 2' : 'exit 0';
    const said = `printf '%s' "$NLS_LANG ${name}" >> calls; for each; do printf '|%s' "$each" >> calls; done`;
    writeFileSync(
      folder.join(name),
      `#!/bin/sh\n${said}\n[ -t 0 ] || head -n 1 | sed 's/^/ < /' >> calls\necho >> calls\n${end}\n`,
    );
    chmodSync(folder.join(name), 0o755);
  }
}

const load = (folder: TempFolder, env: Readonly<Record<string, string>>): Promise<string> =>
  runProgram('/bin/sh', ['load.sh'], {
    cwd: folder.path,
    env: { PATH: `${folder.path}:${process.env['PATH']}`, ORACLE_LOGIN: 'app@//db:1521/shop', ...env },
  });
const calls = (folder: TempFolder): string[] =>
  readFileSync(folder.join('calls'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

describe('load.sh for Oracle', () => {
  it('makes the stages, fills them part by part, skips tables without rows, and brings the rows on', async () => {
    using folder = new TempFolder();
    prepared(folder);
    await load(folder, { ORACLE_PASSWORD: 'p w"' });
    const all = calls(folder);
    expect(all[0]).toBe('AMERICAN_AMERICA.AL32UTF8 sqlplus|-S|-L|app@//db:1521/shop|@stage.sql < p w"');
    expect(all[1]).toContain('sqlldr|userid=app@//db:1521/shop|control=a.t.ctl|data=data/a.t.0001.csv|log=');
    expect(all[2]).toContain('|data=data/a.t.0002.csv|');
    expect(all[3]).toContain('@load.sql');
    expect(all).toHaveLength(4);
    expect(existsSync(folder.join('load.log'))).toBe(false);
  });

  it('ends where a row is refused, says what the loader said, and brings no row on', async () => {
    using folder = new TempFolder();
    prepared(folder, true);
    await expect(load(folder, {})).rejects.toThrow('row 1 is bad');
    expect(calls(folder).join('\n')).not.toContain('load.sql');
    await expect(load(folder, { ORACLE_LOGIN: '' })).rejects.toThrow('names the user and the database');
  });
});
