import { isBuiltin } from 'node:module';
import { importsOf, type Import } from './imports-of.ts';
import { mayImport, MATRIX, roomOf } from './layers.ts';
import type { Breach, SourceFile } from './source-file.ts';

/** Packages that only one room may know, or the few that share it. */
const PACKAGE_HOMES: Readonly<Record<string, string | readonly string[]>> = {
  pg: 'main/connectors/postgres',
  mysql2: 'main/connectors/mysql',
  mssql: 'main/connectors/sqlserver',
  tedious: 'main/connectors/sqlserver',
  oracledb: 'main/connectors/oracle',
  ssh2: ['main/ssh', 'main/tunnel', 'main/targets/sftp'],
  'ssh2-sftp-client': 'main/targets/sftp',
  keytar: 'main/vault',
  electron: 'main/hosts/electron',
};

/** Imports that the matrix does not allow, runtime modules where none may be, packages outside their one room. */
export function findForbiddenEdges(files: readonly SourceFile[]): readonly Breach[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (room === null || !(room in MATRIX || room.replace(/[^/]+$/, '*') in MATRIX)) {
      return [{ path: file.path, why: 'lies in no room of the design' }];
    }
    return importsOf(file).flatMap((each) => {
      const why = objection(room, each);
      return why === null ? [] : [{ path: file.path, why: `imports ${each.specifier}: ${why}` }];
    });
  });
}

function objection(room: string, { specifier, path, typeOnly }: Import): string | null {
  if (path !== null) return objectionToFile(room, path, typeOnly);
  if (specifier === '(computed)') return 'a computed import can reach anything';
  if (specifier.startsWith('#') || specifier.startsWith('/')) return 'only relative paths and packages are imported';
  const runsInNode = room.startsWith('main/');
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith('node:')) return 'runtime modules are written node:…';
    return runsInNode ? null : `${room} runs anywhere, so it imports nothing of Node`;
  }
  const home = PACKAGE_HOMES[packageName(specifier)];
  return home === undefined || [home].flat().includes(room) ? null : `only ${[home].flat().join(' and ')} may`;
}

function objectionToFile(room: string, path: string, typeOnly: boolean): string | null {
  // The version that `--version` and the ledger name.
  if (path === 'package.json' && room === 'main/compose') return null;
  const target = roomOf(path);
  if (target === null) return 'it lies outside the product';
  return mayImport(room, target, typeOnly) ? null : `${room} may not import from ${target}`;
}

function packageName(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
