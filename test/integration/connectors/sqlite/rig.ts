import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { sqlite } from '../../../../src-main/connectors/sqlite/index.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { cellText, type RowBatch } from '../../../../src-shared/model/row-batch.ts';
import type { ReadColumn, TableRead } from '../../../../src-shared/model/table-read.ts';

export const signal = new AbortController().signal;

/** A folder of its own, gone after the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-sqlite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A database file made by `sql`, closed. */
export function databaseOf(sql: string, name = 'shop.db'): string {
  const file = join(tempFolder(), name);
  exec(file, sql);
  return file;
}

export function exec(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

export function openFile(file: string, statementTimeoutMs = 0): Promise<Session> {
  return sqlite.open({ file }, null, { signal, applicationName: 'waybill test', statementTimeoutMs });
}

export async function tableRead(session: Session, name: string, more: Partial<TableRead> = {}): Promise<TableRead> {
  const catalog = await session.catalog({}, signal);
  const found = catalog.namespaces[0]?.tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`${name} is not in the catalog`);
  const columns = found.columns.flatMap(({ name: column, nativeType, nullable, type }) =>
    type === null ? [] : [{ name: column, nativeType, nullable, type }],
  );
  const source = { kind: 'table', table: { namespace: 'main', name } } as const;
  return { source, columns, where: null, orderBy: [], limit: null, params: {}, ...more };
}

export function queryRead(sql: string, columns: readonly ReadColumn[], more: Partial<TableRead> = {}): TableRead {
  return { source: { kind: 'query', sql }, columns, where: null, orderBy: [], limit: null, params: {}, ...more };
}

export async function rowsOf(batches: AsyncIterable<RowBatch>): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const batch of batches) {
    const width = batch.schema.columns.length;
    for (let row = 0; row < batch.rows; row++) {
      rows.push(Array.from({ length: width }, (_, column) => cellText(batch, row * width + column)));
    }
    batch.release();
  }
  return rows;
}

/** All rows of a table in one snapshot. */
export async function exportTable(
  file: string,
  name: string,
  more: Partial<TableRead> = {},
): Promise<(string | null)[][]> {
  await using session = await openFile(file);
  const read = await tableRead(session, name, more);
  await using snapshot = await session.snapshot([read], signal);
  return await rowsOf(snapshot.read(read, { signal, wire: false }));
}

/**
 * Names, hashes, times and rights of all files in a folder, and the time of the folder itself. Not ctime: as root, SQLite
 * sets the owner of companions to what it is already.
 */
export function pictureOf(folder: string): { readonly files: readonly { readonly name: string }[] } {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const { mtimeNs, size, mode, uid, gid, ino } = statSync(join(folder, name), { bigint: true });
      const sha256 = createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
      return { name, mtimeNs, size, mode, uid, gid, ino, sha256 };
    });
  return Object.assign({ files }, { folder: statSync(folder, { bigint: true }).mtimeNs });
}

const WRITER = `
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
const db = new DatabaseSync(process.argv[1]);
for await (const line of createInterface({ input: process.stdin })) {
  db.exec(line);
  console.log('done');
}
`;

/** Another process that has the file open and runs what it is told. */
export class Writer {
  readonly #child;
  readonly #answers;

  constructor(file: string) {
    this.#child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', WRITER, file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    onTestFinished(() => this.kill());
  }

  async run(sql: string): Promise<void> {
    this.#child.stdin.write(`${sql}\n`);
    if ((await this.#answers.next()).value !== 'done') throw new Error('the writer failed');
  }

  /** Without a chance to tidy up. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
