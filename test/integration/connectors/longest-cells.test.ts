// Values as long as their products let them be: they pass in pieces through flat memory, to their last byte.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src-main/ports/connector.ts';
import { CELL_CUT, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import { startMariadb, type MariadbServer } from '../../servers/mariadb.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { openMysql, tableRead } from './mysql/rig.ts';
import { openPostgres, queryRead, signal } from './postgres/rig.ts';

const MIB = 1024 * 1024;

interface Passed {
  readonly bytes: number;
  readonly cuts: number;
  /** Pieces that hold anything else. */
  readonly strange: number;
  readonly largest: number;
  readonly moreMemory: number;
}

/** What becomes of the second column of the only row: `pattern` again and again. */
async function passed(batches: AsyncIterable<RowBatch>, pattern: string): Promise<Passed> {
  let [bytes, cuts, strange, largest, moreMemory] = [0, 0, 0, 0, 0];
  const before = process.memoryUsage();
  const expected = Buffer.alloc(4 * MIB, pattern);
  for await (const batch of batches) {
    for (let cell = 0; cell < batch.cells; cell++) {
      if ((batch.firstColumn + cell) % 2 !== 1) continue;
      const range = batch.bytes.subarray(batch.starts[cell], batch.ends[cell]);
      if (Buffer.compare(range, expected.subarray(0, range.length)) !== 0) strange++;
      if (((batch.flags[cell] ?? 0) & CELL_CUT) !== 0) cuts++;
      bytes += range.length;
    }
    largest = Math.max(largest, batch.tail);
    batch.release();
    const { heapUsed, external } = process.memoryUsage();
    moreMemory = Math.max(moreMemory, heapUsed - before.heapUsed + external - before.external);
  }
  return { bytes, cuts, strange, largest, moreMemory };
}

function expectFlat({ strange, cuts, largest, moreMemory }: Passed): void {
  expect(strange).toBe(0);
  expect(cuts).toBeGreaterThan(400);
  expect(largest).toBeLessThan(4 * MIB);
  // When memory is given back is up to the collector; kept whole, a value would take all of its size at least.
  expect(moreMemory).toBeLessThan(256 * MIB);
}

describe('the longest cells', { timeout: 120_000 }, () => {
  describe('of PostgreSQL', () => {
    let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
    let session: Session;
    beforeAll(async () => {
      database = await newPostgresDatabase();
      session = await openPostgres(database.server, database.name);
    });
    afterAll(async () => {
      await session[Symbol.asyncDispose]();
      await database.drop();
    });

    it.each([
      // The greatest row that the server can send is a little longer; hex digits are two to a byte.
      ['texts of 1 GB', "select 1 as id, repeat('x', 1000000000) as body", 'x'],
      ['bytes of 500 MB', "select 1 as id, convert_to(repeat('z', 500000000), 'UTF8') as body", '7a'],
    ])('are %s', async (_what, sql, pattern) => {
      const read = queryRead(sql, await session.describe(sql, {}, signal));
      await using snapshot = await session.snapshot([read], signal);
      const found = await passed(snapshot.read(read, { signal, wire: false }), pattern);
      expect(found.bytes).toBe(1_000_000_000);
      expectFlat(found);
    });
  });

  describe('of MariaDB', () => {
    let server: MariadbServer;
    beforeAll(async () => {
      server = await startMariadb({ args: ['--max-allowed-packet=1G'] });
    }, 60_000);
    afterAll(() => server.stop());

    it('are a LONGBLOB of 1 GB', async () => {
      // InnoDB wants a log ten times as large as such a value; Aria does not.
      await server.sql(
        `create database shop; use shop; create table bytes (id int, body longblob) engine = Aria transactional = 0;
         insert into bytes values (1, repeat('z', 1000000000)); grant select on shop.* to ${server.user}`,
      );
      await using session = await openMysql(server, 'shop');
      const read = await tableRead(session, { namespace: 'shop', name: 'bytes' });
      await using snapshot = await session.snapshot([read], signal);
      const found = await passed(snapshot.read(read, { signal, wire: false }), 'z');
      expect(found.bytes).toBe(1_000_000_000);
      expectFlat(found);
    });
  });
});
