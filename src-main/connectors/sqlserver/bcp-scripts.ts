import { commentLine, scriptHead } from '../kit/migrate/script-comments.ts';
import type { WrittenDdl } from './ddl-writer.ts';
import { stageOf } from './load-script.ts';

/**
 * `-w`: UTF-16, fields end in a tab. The first row holds the names; an empty field stays NULL, and the first error ends it.
 * On Windows bcp ends rows with CR LF by itself, and would put a second CR before a line feed that it is told.
 */
const HOW = '-w -F 2 -k -m 1';

interface Filled {
  readonly stage: string;
  /** With `/` between its parts. */
  readonly path: string;
}

/** Every file, in the order of the load; bcp needs none of a table without rows. */
function filesOf({ order }: WrittenDdl): readonly Filled[] {
  return order.tables.flatMap(({ schema }, at) =>
    schema.rows === 0 ? [] : schema.paths.map((path) => ({ stage: stageOf(at), path })),
  );
}

const ABOUT = {
  does: 'Loads the rows of this package into the tables that ddl.sql has made: all of them or none.',
  variables: [
    'SQLCMDSERVER and SQLCMDDBNAME say where to. SQLCMDUSER is a login of the server, with its password in',
    'SQLCMDPASSWORD; without it the account of this system is used. While bcp runs, other people on this',
    'machine may see the password among its processes; without SQLCMDPASSWORD each program asks for it.',
    'SQLCMD_OPTIONS and BCP_OPTIONS are handed on, as -C and -u for a server whose certificate is to be trusted.',
  ],
};

/** For Linux and macOS. */
export function writeShellScript(ddl: WrittenDdl): string {
  const mark = '#';
  const [head = '', ...rest] = scriptHead({ does: ABOUT.does, run: ['sh load.sh'], notes: [], mark });
  const lines = [
    ...['#!/bin/sh', head, ...rest.slice(0, -1), mark],
    ...[...ABOUT.variables.map((line) => commentLine(line, mark)), 'set -eu'],
    ': "${SQLCMDSERVER:?names the server}" "${SQLCMDDBNAME:?names the database}"',
    'run() {',
    '  if [ -n "${SQLCMDUSER-}" ]; then set -- "$@" -U "$SQLCMDUSER"; else set -- "$@" -E; fi',
    '  sqlcmd -S "$SQLCMDSERVER" -d "$SQLCMDDBNAME" -b -x -I ${SQLCMD_OPTIONS-} -i "$@"',
    '}',
    'fill() {',
    '  if [ -z "${SQLCMDUSER-}" ]; then set -- "$@" -T',
    '  elif [ -z "${SQLCMDPASSWORD-}" ]; then set -- "$@" -U "$SQLCMDUSER"',
    '  else set -- "$@" -U "$SQLCMDUSER" -P "$SQLCMDPASSWORD"; fi',
    '  stage=$1 file=$2',
    '  shift 2',
    `  bcp "$stage" in "$file" -S "$SQLCMDSERVER" -d "$SQLCMDDBNAME" ${HOW} -r '\\r\\n' \${BCP_OPTIONS-} "$@"`,
    '}',
    'run stage.sql',
    ...filesOf(ddl).map(({ stage, path }) => `fill ${stage} '${path.replaceAll("'", `'\\''`)}'`),
    'run load.sql',
  ];
  return `${lines.join('\n')}\n`;
}

/** For Windows. */
export function writeCommandScript(ddl: WrittenDdl): string {
  const mark = 'rem';
  const [head = '', ...rest] = scriptHead({ does: ABOUT.does, run: ['load.cmd'], notes: [], mark });
  const or = ' || exit /b 1';
  const run = (script: string): string =>
    `sqlcmd -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %RUN_LOGIN% -b -x -I -f 65001 %SQLCMD_OPTIONS% -i ${script}${or}`;
  const fill = ({ stage, path }: Filled): string => {
    const file = path.replaceAll('/', '\\').replaceAll('%', '%%');
    return `bcp ${stage} in "${file}" -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %BCP_LOGIN% ${HOW} %BCP_OPTIONS%${or}`;
  };
  const lines = [
    ...['@echo off', head, ...rest.slice(0, -1), mark],
    ...ABOUT.variables.map((line) => commentLine(line, mark)),
    ...['setlocal', 'chcp 65001 >nul'],
    'if "%SQLCMDSERVER%"=="" echo SQLCMDSERVER names the server. & exit /b 1',
    'if "%SQLCMDDBNAME%"=="" echo SQLCMDDBNAME names the database. & exit /b 1',
    ...['set RUN_LOGIN=-E', 'set BCP_LOGIN=-T'],
    'if not "%SQLCMDUSER%"=="" set RUN_LOGIN=-U "%SQLCMDUSER%"',
    'if not "%SQLCMDUSER%"=="" set BCP_LOGIN=-U "%SQLCMDUSER%"',
    'if not "%SQLCMDPASSWORD%"=="" set BCP_LOGIN=%BCP_LOGIN% -P "%SQLCMDPASSWORD%"',
    ...[run('stage.sql'), ...filesOf(ddl).map(fill), run('load.sql')],
  ];
  return `${lines.join('\r\n')}\r\n`;
}
