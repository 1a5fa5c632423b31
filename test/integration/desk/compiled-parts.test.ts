import { DatabaseSync } from 'node:sqlite';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CompiledPart, CompiledTableFacts } from '../../../src-shared/contract/plans.ts';
import { compiledOf, openDesk, type OpenDesk } from './open-desk.ts';

const TABLES = 1000;

/** A plan of a thousand tables, each with a column that looks personal. */
async function largePlan(at: OpenDesk): Promise<string> {
  const file = join(at.folder, 'large.db');
  const database = new DatabaseSync(file);
  database.exec('begin');
  for (let number = 0; number < TABLES; number += 1) {
    database.exec(`create table t_${String(number).padStart(4, '0')} (id integer primary key, email text, note text)`);
  }
  database.exec('commit');
  database.close();
  await at.core.connections.add({
    ...{ name: 'large', connector: 'sqlite', production: false, color: 'blue', options: { file } },
  });
  const path = join(at.folder, 'large.plan.yaml');
  const tables = Array.from({ length: TABLES }, (_, number) => `  - table: main.t_${String(number).padStart(4, '0')}`);
  await writeFile(
    path,
    `waybill: 1\nname: large\npurpose: test\nconnection: large\ntables:\n${tables.join('\n')}\nformat: { type: csv }\n`,
  );
  await at.core.plans.open({ path });
  return path;
}

async function partsOf({ core }: OpenDesk, path: string, known?: string): Promise<CompiledPart[]> {
  const parts: CompiledPart[] = [];
  for await (const part of await core.plans.compile({ path, ...(known === undefined ? {} : { known }) }))
    parts.push(part);
  return parts;
}

const listOf = ([first]: readonly CompiledPart[]): string => (first !== undefined && 'head' in first ? first.list : '');
const piecesOf = (parts: readonly CompiledPart[]): readonly object[] =>
  parts.flatMap((part) => ('pieces' in part ? part.pieces : []));
const toldIn = (parts: readonly CompiledPart[]): readonly CompiledTableFacts[] =>
  parts.flatMap((part) =>
    ('pieces' in part ? part.pieces : []).flatMap((piece) => ('tables' in piece ? piece.tables : [])),
  );

describe('a compiled plan of a thousand tables', { timeout: 60_000 }, () => {
  it('comes in parts of at most 200 tables', async () => {
    const at = await openDesk();
    const parts = await partsOf(at, await largePlan(at));
    expect(parts.map((part) => ('pieces' in part ? toldIn([part]).length : 'head'))).toEqual([
      ...['head', 200, 200, 200, 200, 200],
    ]);
  });

  it('tells after an edit what differs, and gives the same list as one told whole', async () => {
    const at = await openDesk();
    const path = await largePlan(at);
    const before = await partsOf(at, path);
    await compiledOf(at.core, path);
    const entry = { namespace: 'main', name: 't_0500' };
    const { digest } = await at.core.plans.open({ path });
    await at.core.plans.edit({
      ...{ path, base: digest },
      edits: [
        { kind: 'limit', entry, limit: 7 },
        { kind: 'table', table: { namespace: 'main', name: 't_0100' }, chosen: false },
      ],
    });
    const after = await partsOf(at, path, listOf(before));
    expect(toldIn(after)).toMatchObject([{ name: 'main.t_0500', limit: 7 }]);
    expect(piecesOf(after)).toMatchObject([
      { keep: 0, count: 100 },
      { keep: 101, count: 399 },
      { tables: [{ name: 'main.t_0500' }] },
      { keep: 501, count: 499 },
    ]);
    const { tables } = await compiledOf(at.core, path);
    expect(tables).toEqual(toldIn(await partsOf(at, path)));
  });

  it('tells a list anew that it does not know', async () => {
    const at = await openDesk();
    const path = await largePlan(at);
    expect(toldIn(await partsOf(at, path, 'some other list'))).toHaveLength(TABLES);
  });

  it('lists columns first that are still to be decided about', async () => {
    const at = await openDesk();
    const path = await largePlan(at);
    const { digest } = await at.core.plans.open({ path });
    const edits = Array.from({ length: 990 }, (_, number) => ({
      ...{ kind: 'mask' as const, entry: { namespace: 'main', name: `t_${String(number).padStart(4, '0')}` } },
      ...{ column: 'email', mask: { mask: 'redact' } },
    }));
    await at.core.plans.edit({ path, base: digest, edits });
    const columns = await at.core.plans.columns({ path, telling: true, limit: 12 });
    const open = columns.filter(({ columns: [email] }) => email?.mask === null);
    expect(columns).toHaveLength(12);
    expect(open.map(({ name }) => name)).toEqual(
      Array.from({ length: 10 }, (_, place) => `main.t_${String(990 + place).padStart(4, '0')}`),
    );
  });
});
