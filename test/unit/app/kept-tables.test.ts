import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adoptTable, areIntact, type KeptTable } from '../../../src-main/app/kept-tables.ts';
import type { Store } from '../../../src-main/ports/store.ts';
import { createFileDigester } from '../../../src-main/store/file-digester.ts';
import { createNodeStore } from '../../../src-main/store/node-store.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

const { signal } = new AbortController();
const digester = createFileDigester();

/** A table of two parts in a folder of its own. */
function keptIn(folder: string, isSealed: boolean): KeptTable {
  mkdirSync(join(folder, 'data'), { recursive: true });
  const resources = ['one', 'two'].map((text, part) => {
    const path = `data/t.000${part + 1}.csv`;
    writeFileSync(join(folder, path), text);
    return { path, bytes: text.length, rows: 1, sha256: createHash('sha256').update(text).digest('hex') };
  });
  const counts = { sourceRows: 2, writtenRows: 2, rereadRows: 2, verdict: 'complete', elapsedMs: 1 } as const;
  return { folder, isSealed, result: { name: 't', table: ['main', 't'], resources, ...counts } };
}

function places(temporary: TempFolder): { from: string; into: string } {
  const into = temporary.join('new');
  mkdirSync(join(into, 'data'), { recursive: true });
  return { from: temporary.join('old'), into };
}

/** A disk that writes other bytes than it was given. */
function storeThatLies(): Store {
  const store = createNodeStore();
  return {
    ...store,
    read: store.read,
    async create(path, how) {
      const file = await store.create(path, how);
      const write = file.write.bind(file);
      file.write = (bytes) => write(bytes.map((byte) => byte ^ 1));
      return file;
    },
  };
}

describe('a table that is kept', () => {
  it('is moved out of a hidden folder, and copied out of a sealed package', async () => {
    for (const isSealed of [false, true]) {
      using temporary = new TempFolder();
      const { from, into } = places(temporary);
      const table = keptIn(from, isSealed);
      const core = { store: createNodeStore(), digester };
      expect(await adoptTable(core, table, { into, signal })).toBe(true);
      expect(readFileSync(join(into, 'data/t.0002.csv'), 'utf8')).toBe('two');
      expect([isSealed, existsSync(join(from, 'data/t.0001.csv'))]).toEqual([isSealed, isSealed]);
    }
  });

  it('is copied where it goes to another place, which may be on another volume', async () => {
    using temporary = new TempFolder();
    const { from } = places(temporary);
    const into = temporary.join('elsewhere', 'new');
    mkdirSync(join(into, 'data'), { recursive: true });
    expect(await adoptTable({ store: createNodeStore(), digester }, keptIn(from, false), { into, signal })).toBe(true);
    for (const folder of [from, into]) expect(readFileSync(join(folder, 'data/t.0002.csv'), 'utf8')).toBe('two');
  });

  it('leaves nothing in the way of reading it again when a copy is not what it was', async () => {
    using temporary = new TempFolder();
    const { from, into } = places(temporary);
    const table = keptIn(from, true);
    expect(await adoptTable({ store: storeThatLies(), digester }, table, { into, signal })).toBe(false);
    expect(existsSync(join(into, 'data/t.0001.csv'))).toBe(false);
    expect(existsSync(join(into, 'data/t.0002.csv'))).toBe(false);
    expect(readFileSync(join(from, 'data/t.0001.csv'), 'utf8')).toBe('one');
  });

  it('is intact only with every file, its length and its bytes', async () => {
    using temporary = new TempFolder();
    const { from } = places(temporary);
    const { resources: files } = keptIn(from, false).result;
    const isIntact = () => areIntact({ store: createNodeStore(), digester }, { folder: from, files }, signal);
    expect(await isIntact()).toBe(true);
    for (const text of ['onE', 'ones', '']) {
      writeFileSync(join(from, 'data/t.0001.csv'), text);
      expect([text, await isIntact()]).toEqual([text, false]);
    }
    expect(
      await areIntact({ store: createNodeStore(), digester }, { folder: temporary.join('nowhere'), files }, signal),
    ).toBe(false);
  });
});
