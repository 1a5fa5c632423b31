import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDesk } from './open-desk.ts';

function database(path: string, sql: string): string {
  const file = new DatabaseSync(path);
  file.exec(sql);
  file.close();
  return path;
}

describe('the catalog that the desk keeps', () => {
  it('is not that of a place where the connection led before another process changed it', async () => {
    const { core, desk, folder } = await openDesk();
    const before = database(join(folder, 'before.sqlite'), 'create table old (id integer)');
    const after = database(join(folder, 'after.sqlite'), 'create table young (id integer)');
    await core.connections.add({
      ...{ name: 'crm', connector: 'sqlite', options: { file: before }, production: false, color: 'grey' },
    });
    const tables = async (): Promise<string[]> =>
      (await core.catalog.summary({ connection: 'crm' })).namespaces.flatMap((one) =>
        one.tables.map(({ name }) => name),
      );
    expect(await tables()).toEqual(['old']);
    // As `waybill connection change` does it.
    await desk.core.records.connections.update(({ crm, ...all }) =>
      crm === undefined ? all : { ...all, crm: { ...crm, options: { file: after } } },
    );
    expect(await tables()).toEqual(['young']);
  });
});
