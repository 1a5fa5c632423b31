import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Session } from '../../../../src-main/ports/connector.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { environmentOf, isRunning, readersOf, ticksOf } from '../../../fakes/reader-processes.ts';
import { waitUntil } from '../../../servers/wait-until.ts';
import { databaseOf, openFile, pictureOf, queryRead, rowsOf, signal, tempFolder, Writer } from './rig.ts';

const ENDLESS = 'with recursive n (a) as (values (1) union all select a + 1 from n) select a from n';
const CROSSED = 'select x.a from t x, t y, t z, t u';
const ROWS = `create table t (a INTEGER);
  with recursive n (a) as (values (1) union all select a + 1 from n where a < 5000) insert into t select a from n`;
const QUICK = 'select a from t';
const SOON = 20_000;

const until = (is: () => boolean): Promise<void> => waitUntil(async () => is(), AbortSignal.timeout(SOON));

async function readOf(session: Session, sql: string, more: Partial<TableRead> = {}): Promise<TableRead> {
  return queryRead(sql, await session.describe(sql, {}, signal), more);
}

/** The one reader of this process's sessions, once the library has been at work in it for a while. */
async function busyReader(): Promise<number> {
  const [reader = 0, ...others] = readersOf(process.pid);
  expect(others).toEqual([]);
  const before = ticksOf(reader);
  await until(() => ticksOf(reader) > before + 20);
  return reader;
}

async function drain(batches: AsyncIterable<{ release(): void }>): Promise<void> {
  for await (const batch of batches) batch.release();
}

const sorted = (read: TableRead): TableRead => ({ ...read, orderBy: [{ column: 'a', descending: true }] });
const onSnapshot =
  (use: 'count' | 'read') =>
  async (session: Session, read: TableRead, stop: AbortSignal): Promise<unknown> => {
    await using snapshot = await session.snapshot([read], stop);
    return use === 'count'
      ? await snapshot.count(read, stop)
      : await drain(snapshot.read(read, { signal: stop, wire: false }));
  };

describe('a statement without an end', () => {
  it.each([
    ['a count', ENDLESS, (session: Session, read: TableRead, stop: AbortSignal) => session.count(read, stop)],
    [
      'a count of a cross join',
      CROSSED,
      (session: Session, read: TableRead, stop: AbortSignal) => session.count(read, stop),
    ],
    [
      'a sort',
      ENDLESS,
      (session: Session, read: TableRead, stop: AbortSignal) => drain(session.preview(sorted(read), stop)),
    ],
    ['a count in a snapshot', ENDLESS, onSnapshot('count')],
    ['a read in a snapshot', CROSSED, onSnapshot('read')],
  ])('%s is cancelled within a second, and the session can be used again', async (_, sql, use) => {
    await using session = await openFile(databaseOf(ROWS));
    const controller = new AbortController();
    const read = await readOf(session, sql);
    const outcome = use(session, read, controller.signal).then(
      () => 'ended',
      (error: { code: string }) => error.code,
    );
    const reader = await busyReader();
    const began = performance.now();
    controller.abort();
    expect(await outcome).toBe('RUN/CANCELLED');
    expect(performance.now() - began).toBeLessThan(1000);
    await until(() => !isRunning(reader));
    expect(await session.count(await readOf(session, QUICK), signal)).toBe(5000);
  });

  it('ends at the time limit', async () => {
    await using session = await openFile(databaseOf(ROWS), 500);
    await expect(session.count(await readOf(session, CROSSED), signal)).rejects.toMatchObject({
      code: 'SOURCE/TIMEOUT',
    });
    expect(await session.count(await readOf(session, QUICK), signal)).toBe(5000);
  });

  it('leaves the event loop to others', async () => {
    await using session = await openFile(databaseOf(ROWS));
    const controller = new AbortController();
    const outcome = session.count(await readOf(session, CROSSED), controller.signal).catch(() => 'cancelled');
    await busyReader();
    const gaps: number[] = [];
    for (let turn = 0, last = performance.now(); turn < 50; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      gaps.push(performance.now() - last);
      last = performance.now();
    }
    controller.abort();
    expect(await outcome).toBe('cancelled');
    expect(Math.max(...gaps)).toBeLessThan(250);
  });

  it.each(['wal', 'delete'])(
    'leaves nothing next to the source or in the temporary folder, journal mode %s',
    async (mode) => {
      const file = databaseOf(`pragma journal_mode = ${mode}; ${ROWS}`);
      const writer = new Writer(file);
      await writer.run(mode === 'wal' ? 'insert into t values (1)' : 'select 1');
      const temporary = tempFolder();
      vi.stubEnv('SQLITE_TMPDIR', temporary);
      onTestFinished(() => void vi.unstubAllEnvs());
      const before = pictureOf(dirname(file));
      await using session = await openFile(file);
      const controller = new AbortController();
      const read = sorted(await readOf(session, ENDLESS));
      const outcome = drain(session.preview(read, controller.signal)).catch((error: { code: string }) => error.code);
      const reader = await busyReader();
      controller.abort();
      expect(await outcome).toBe('RUN/CANCELLED');
      await until(() => !isRunning(reader));
      expect(pictureOf(dirname(file))).toEqual(before);
      expect(readdirSync(temporary)).toEqual([]);
    },
  );
});

describe('a consumer', () => {
  it('that does not pull stops the reader', async () => {
    await using session = await openFile(databaseOf(ROWS));
    const batches = session.preview(await readOf(session, ENDLESS), signal)[Symbol.asyncIterator]();
    (await batches.next()).value?.release();
    const [reader = 0] = readersOf(process.pid);
    let last = -1;
    let same = 0;
    // It comes to rest: a few batches ahead and no further. On a busy machine it may only wait for its turn.
    await until(() => {
      same = last === (last = ticksOf(reader)) ? same + 1 : 0;
      return same >= 20;
    });
    const atRest = ticksOf(reader);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ticksOf(reader)).toBeLessThanOrEqual(atRest + 1);
    (await batches.next()).value?.release();
    await batches.return?.();
  });

  it('that leaves a read early goes on in the same snapshot', async () => {
    await using session = await openFile(databaseOf(ROWS));
    const [endless, quick] = [await readOf(session, ENDLESS), await readOf(session, QUICK)];
    await using snapshot = await session.snapshot([endless, quick], signal);
    const [reader] = readersOf(process.pid);
    for await (const batch of snapshot.read(endless, { signal, wire: false })) {
      batch.release();
      break;
    }
    expect((await rowsOf(snapshot.read(quick, { signal, wire: false }))).length).toBe(5000);
    expect(await snapshot.count(quick, signal)).toBe(5000);
    expect(readersOf(process.pid)).toEqual([reader]);
  });
});

describe('a reader that is killed from outside', () => {
  it('in the middle of a read is an error, never the end of the rows', async () => {
    await using session = await openFile(databaseOf(ROWS));
    const [crossed, quick] = [await readOf(session, CROSSED), await readOf(session, QUICK)];
    await using snapshot = await session.snapshot([crossed, quick], signal);
    let killed = false;
    const reading = (async () => {
      for await (const batch of snapshot.read(crossed, { signal, wire: false })) {
        batch.release();
        if (!killed) process.kill(readersOf(process.pid)[0] ?? 0, 'SIGKILL');
        killed = true;
      }
    })();
    await expect(reading).rejects.toMatchObject({
      code: 'SOURCE/CONNECTION_LOST',
      remedy: expect.stringMatching(/\.$/) as string,
      context: { reason: 'SIGKILL' },
    });
    await expect(snapshot.count(quick, signal)).rejects.toMatchObject({ code: 'SOURCE/SNAPSHOT_LOST' });
  });

  it('in the middle of a count is an error, and the session starts another', async () => {
    await using session = await openFile(databaseOf(ROWS));
    const counted = expect(session.count(await readOf(session, CROSSED), signal)).rejects.toMatchObject({
      code: 'SOURCE/CONNECTION_LOST',
    });
    process.kill(await busyReader(), 'SIGTERM');
    await counted;
    expect(await session.count(await readOf(session, QUICK), signal)).toBe(5000);
  });
});

/** Another process that begins a statement without an end. */
function countingProcess(file: string): ReturnType<typeof spawn> {
  const connector = pathToFileURL('src-main/connectors/sqlite/index.ts').href;
  const script = `
    import { sqlite } from ${JSON.stringify(connector)};
    const signal = new AbortController().signal;
    const session = await sqlite.open({ file: process.argv[1] }, null, { signal, applicationName: '', statementTimeoutMs: 0 });
    const columns = await session.describe(${JSON.stringify(CROSSED)}, {}, signal);
    const source = { kind: 'query', sql: ${JSON.stringify(CROSSED)} };
    await session.count({ source, columns, where: null, orderBy: [], limit: null, params: {} }, signal);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, file], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('a parent that is killed', () => {
  it('takes its reader with it, in the middle of a statement', async () => {
    const parent = countingProcess(databaseOf(ROWS));
    await until(() => readersOf(parent.pid).some((pid) => ticksOf(pid) > 50));
    const [reader = 0] = readersOf(parent.pid);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await until(() => !isRunning(reader));
  });

  it('takes its reader with it, in the instant it started', async () => {
    const parent = countingProcess(databaseOf(ROWS));
    await until(() => readersOf(parent.pid).length > 0);
    const [reader = 0] = readersOf(parent.pid);
    parent.kill('SIGKILL');
    await until(() => !isRunning(reader));
  });
});

it('gives the reader no secret of its environment', async () => {
  vi.stubEnv('WAYBILL_PASSPHRASE', 'correct horse');
  vi.stubEnv('TMPDIR', tempFolder());
  onTestFinished(() => void vi.unstubAllEnvs());
  await using _ = await openFile(databaseOf(ROWS));
  const [reader = 0] = readersOf(process.pid);
  const names = environmentOf(reader).map((entry) => entry.split('=')[0]);
  expect(names).toContain('TMPDIR');
  expect(names.filter((name) => !['TMPDIR', 'TMP', 'TEMP', 'SQLITE_TMPDIR'].includes(name ?? ''))).toEqual([]);
});
