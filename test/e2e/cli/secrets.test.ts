// What must be nowhere: the password, the values of cells, the literals of a plan's SQL.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, PASSPHRASE, type Started } from './driver.ts';
import { readTree } from './read-tree.ts';
import type { RunResult } from './results.ts';

const PASSWORD = 'c4n4ry-p4ssw0rd';
const CELL = 'c4n4ry-c3ll';
const LITERAL = 'c4n4ry-l1t3r4l';
let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;
let login: string;

beforeAll(async () => {
  desk = new Desk();
  database = await newPostgresDatabase();
  login = `${database.name}_ro`;
  await database.sql(`
    create role ${login} login password '${PASSWORD}';
    create table notes (id bigint primary key, note text);
    insert into notes select n, '${CELL}' from generate_series(1, 100) n;
    grant select on notes to ${login};`);
  await desk.connect(database.server, database.name, { user: login, password: PASSWORD });
});
afterAll(async () => {
  await database.sql(`drop owned by ${login}; drop role ${login};`);
  await database.drop();
  desk[Symbol.dispose]();
});

function plan(name: string, table: string): string {
  desk.write(
    `${name}.yaml`,
    `waybill: 1\nname: ${name}\npurpose: test\nconnection: shop\nformat: { type: csv }\ntables:\n  - ${table}\n`,
  );
  return `${name}.yaml`;
}

/** Process ids of a command and all that it started. */
function family(root: number): number[] {
  const childrenOf = (pid: number): number[] => {
    try {
      return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
        readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
      );
    } catch {
      return []; // it has ended
    }
  };
  return [root, ...childrenOf(root).flatMap(family)];
}

/** All argument lists that any process of a command shows to the other users of the machine while it lives. */
async function argumentsOf({ child, ended }: Started): Promise<Set<string>> {
  const seen = new Set<string>();
  const timer = setInterval(() => {
    for (const pid of family(child.pid ?? 0)) {
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
      } catch {
        continue; // it has ended
      }
    }
  }, 3);
  await ended;
  clearInterval(timer);
  return seen;
}

/** Files below a folder that hold a text, as bytes or in UTF-16. */
function filesWith(root: string, text: string): string[] {
  const needles = [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('base64'))];
  return readTree(root)
    .filter(({ bytes }) => needles.some((needle) => bytes.includes(needle)))
    .map(({ path }) => path);
}

describe('a secret', () => {
  it('is in the arguments of no process, whatever command uses it', async () => {
    const file = plan('slow', '{ table: public.notes, columns: [id], where: "pg_sleep(0.005) is not null" }');
    const { host, port } = database.server;
    const where = ['--host', host, '--port', String(port), '--user', login, '--database', database.name];
    const add = ['connection', 'add', 'again', '--connector', 'postgres', ...where, '--password-stdin'];
    for (const args of [add, ['connection', 'test', 'shop'], ['run', file, '--accept-catalog', '--out', 'out']]) {
      const seen = [...(await argumentsOf(desk.start(args, { stdin: `${PASSWORD}\n` })))];
      expect(seen.some((line) => line.includes('cli.mjs'))).toBe(true);
      for (const secret of [PASSWORD, PASSPHRASE]) expect(seen.filter((line) => line.includes(secret))).toEqual([]);
    }
  });

  it('is not told by a server that refuses it, nor by the trail of that', async () => {
    await desk.connect(database.server, database.name, { name: 'wrong', user: login, password: `${PASSWORD}-wrong` });
    expect((await desk.run(['connection', 'test', 'wrong'])).code).toBe(3);
    expect((await desk.run(['catalog', 'wrong', '--json'])).code).toBe(3);
  });

  it('is in no file of the home, none of a package, and in nothing that was printed', async () => {
    const result = await desk.json<RunResult>([
      ...['run', plan('plain', '{ table: public.notes, columns: [id] }'), '--accept-catalog', '--out', 'out'],
    ]);
    await desk.json(['ledger', 'bundle', '--out', 'bundle']);
    for (const secret of [PASSWORD, PASSPHRASE]) {
      for (const folder of [desk.home, result.package, desk.path('bundle')]) {
        expect([folder, filesWith(folder, secret)]).toEqual([folder, []]);
      }
      expect(desk.printed).not.toContain(secret);
    }
  });
});

describe('what is in the database', () => {
  it('is in no log, no ledger and no error, though the server quotes it in its own', async () => {
    const cast = plan('cast', '{ table: public.notes, columns: [id], where: "note::int > 0" }');
    const literal = plan('literal', `{ table: public.notes, columns: [id], where: "id = '${LITERAL}'" }`);
    const query = `select id as n, note::int as m from notes where note <> '${LITERAL}'`;
    const own = plan('own', `{ query: "${query}", name: own, columns: { n: { unmasked: ok }, m: { unmasked: ok } } }`);
    for (const file of [cast, literal, own]) {
      for (const args of [
        ['run', file, '--accept-catalog', '--out', 'out'],
        ['preview', file],
        ['count', file, '--exact'],
      ]) {
        const { code } = await desk.run(args);
        // A count need not look at what a run cannot read.
        expect([args, code]).not.toEqual([args, args[0] === 'count' ? 70 : 0]);
      }
    }
    const { entries } = await desk.json<{ entries: { type: string }[] }>(['ledger', 'list']);
    expect(entries.map(({ type }) => type)).toContain('export.failed');
    for (const text of [CELL, LITERAL]) {
      for (const folder of ['logs', 'ledger', 'vault', 'keys']) {
        expect([folder, filesWith(join(desk.home, folder), text)]).toEqual([folder, []]);
      }
      expect(desk.printed).not.toContain(text);
    }
  });

  it('is for its owner alone, with all that was made of it, under umask 000', () => {
    const made = [...readTree(desk.home), ...['out', 'bundle'].flatMap((name) => readTree(desk.path(name)))];
    expect(made.length).toBeGreaterThan(30);
    for (const { path, kind, mode } of made) {
      expect([path, kind, mode]).toEqual([path, kind, kind === 'folder' ? '700' : '600']);
    }
  });
});
