import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../src-main/ports/connector.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { databaseOf, openFile, rowsOf, signal, tableRead, Writer } from './rig.ts';

const FILL = 'create table t (id INTEGER PRIMARY KEY, v INTEGER NOT NULL); insert into t values (1, 10), (2, 20)';
const WAL = `pragma journal_mode = wal; ${FILL}`;
const PLACES = { 'without a WAL': FILL, 'beside a WAL': WAL };

const snapshotOf = (session: Session, read: TableRead, joins?: string) =>
  session.snapshot([read], signal, joins === undefined ? {} : { joins });

describe.each(Object.entries(PLACES))('snapshots of one point in time %s', (_, sql) => {
  it('are opened by several sessions, and show the same', async () => {
    const file = databaseOf(sql);
    const writer = new Writer(file);
    await writer.run('update t set v = v + 1');
    await using first = await openFile(file);
    await using second = await openFile(file);
    const read = await tableRead(first, 't');
    await using leader = await snapshotOf(first, read);
    await using joined = await snapshotOf(second, read, leader.facts.id);
    expect(joined.facts.id).toBe(leader.facts.id);
    const [one, other] = await Promise.all(
      [leader, joined].map((snapshot) => rowsOf(snapshot.read(read, { signal, wire: false }))),
    );
    expect(one).toEqual([
      ['1', '11'],
      ['2', '21'],
    ]);
    expect(other).toEqual(one);
  });

  it('are not opened any more when somebody has written in between', async () => {
    const file = databaseOf(sql);
    const writer = new Writer(file);
    await writer.run('update t set v = v + 1');
    await using first = await openFile(file);
    await using second = await openFile(file);
    const read = await tableRead(first, 't');
    await using leader = await snapshotOf(first, read);
    await writer.run('update t set v = v + 1');
    await expect(snapshotOf(second, read, leader.facts.id)).rejects.toMatchObject({ code: 'SOURCE/SNAPSHOT_LOST' });
    // Nobody takes it for the one before, also when the same values are there again.
    await writer.run('update t set v = v - 1');
    await expect(snapshotOf(second, read, leader.facts.id)).rejects.toMatchObject({ code: 'SOURCE/SNAPSHOT_LOST' });
    await using later = await snapshotOf(second, read);
    expect(later.facts.id).not.toBe(leader.facts.id);
  });
});

it('a snapshot beside a WAL stays what it was for those who joined it, while others write', async () => {
  const file = databaseOf(WAL);
  const writer = new Writer(file);
  await writer.run('update t set v = v + 1');
  await using first = await openFile(file);
  await using second = await openFile(file);
  const read = await tableRead(first, 't');
  await using leader = await snapshotOf(first, read);
  await using joined = await snapshotOf(second, read, leader.facts.id);
  await writer.run('update t set v = 0; pragma wal_checkpoint(truncate)');
  for (const snapshot of [leader, joined]) {
    const rows = await rowsOf(snapshot.read(read, { signal, wire: false }));
    expect(rows.map(([, v]) => v)).toEqual(['11', '21']);
  }
});
