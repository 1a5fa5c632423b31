import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorFields } from '../../../src-main/store/log-fields.ts';
import { createLogger } from '../../../src-main/store/logger.ts';
import { createNodeStore } from '../../../src-main/store/node-store.ts';
import { createLocks } from '../../../src-main/store/sqlite-locks.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { createFaultStore } from '../../fakes/fault-store.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

const clock = { now: () => new Date(0), monotonicMs: () => 0 };
const open = (folder: string, store = createNodeStore()) =>
  createLogger({ store, locks: createLocks(), clock, folder });
const linesOf = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');

describe('the log', () => {
  it('holds one event per line, readable to its owner alone', async () => {
    using folder = new TempFolder();
    const log = open(folder.path);
    log.info('run.started', { run: 'x', tables: 3 });
    log.error('run.failed', { time: 'not this one' });
    await log.flush();
    const events = linesOf(folder.join('waybill.log')).map((line): unknown => JSON.parse(line));
    expect(events).toMatchObject([
      { level: 'info', event: 'run.started', run: 'x', tables: 3, time: '1970-01-01T00:00:00.000Z' },
      { level: 'error', event: 'run.failed', time: '1970-01-01T00:00:00.000Z' },
    ]);
    expect(statSync(folder.join('waybill.log')).mode & 0o777).toBe(0o600);
  });

  it('is shared by several writers without losing a line', async () => {
    using folder = new TempFolder();
    const logs = Array.from({ length: 4 }, () => open(folder.path));
    for (let i = 0; i < 20; i++) {
      for (const log of logs) log.info('event', { i });
      await Promise.all(logs.map((log) => log.flush()));
    }
    expect(linesOf(folder.join('waybill.log'))).toHaveLength(80);
  });

  it('keeps five files of at most 1 MiB', async () => {
    using folder = new TempFolder();
    const log = open(folder.path);
    for (let i = 0; i < 14; i++) {
      log.info('event', { i, text: 'x'.repeat(500_000) });
      await log.flush();
    }
    const names = readdirSync(folder.path).filter((name) => name.endsWith('.log'));
    expect(names).toEqual(['waybill.1.log', 'waybill.2.log', 'waybill.3.log', 'waybill.4.log', 'waybill.log']);
    for (const name of names) expect(statSync(folder.join(name)).size).toBeLessThanOrEqual(1024 * 1024);
    expect(linesOf(folder.join('waybill.log')).at(-1)).toContain('"i":13');
    expect(linesOf(folder.join('waybill.4.log'))[0]).toContain('"i":4');
  });

  it('stops nobody when the disk is full', async () => {
    using folder = new TempFolder();
    const store = createFaultStore(createNodeStore(), { fault: 'ENOSPC', nth: 1, lasting: true });
    const log = open(folder.path, store);
    log.info('event');
    await log.flush();
    expect(store.hit).toBe(true);
  });

  it('keeps code and place of an error, and nothing that a database said', () => {
    const foreign = Object.assign(new Error('duplicate key (email)=(ann@example.com)\n    at ann'), { code: '23505' });
    const fields = errorFields(appError('SOURCE/QUERY_FAILED', { message: 'The query failed.', cause: foreign }));
    expect(fields).toMatchObject({ code: 'SOURCE/QUERY_FAILED', causes: 'Error 23505' });
    expect(JSON.stringify([fields, errorFields(foreign)])).not.toContain('ann');
    expect(fields['stack']).toContain('logger.test.ts');
  });
});
