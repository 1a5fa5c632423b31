// Values of hundreds of megabytes, as SQL Server's limit is 2 GiB: they pass in pieces, and memory stays flat.
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CELL_CUT } from '../../../../src-shared/model/row-batch.ts';
import type { Answer } from '../../../servers/tds/scripted.ts';
import { waitUntil } from '../../../servers/wait-until.ts';
import { WIRE, type WireType, type WireValue } from '../../../servers/tds/wire-types.ts';
import { column } from '../../../unit/connectors/sqlserver/all-types.ts';
import { openSqlserver, signal, standIn, tableRead } from './rig.ts';

const MIB = 1024 * 1024;
const SIZE = 256 * MIB;

function* pieces(piece: Buffer, total: number): Generator<Buffer> {
  for (let sent = 0; sent < total; sent += piece.length) yield piece;
}

function answer(type: WireType, piece: Buffer): Answer {
  return function* () {
    yield {
      columns: [
        { name: 'id', type: WIRE.int(4) },
        { name: 'a', type },
        { name: 'b', type: WIRE.nvarchar(10) },
      ],
    };
    const value = (): WireValue => ({ bytes: null, pieces: pieces(piece, SIZE) });
    yield { row: [1, value(), 'after'] };
    yield { row: [2, null, 'last'] };
  };
}

describe('long cells of SQL Server on the TDS stand-in', () => {
  it.each([
    ['varbinary(max)', WIRE.varbinaryMax(), Buffer.alloc(8192, 0xab), SIZE],
    ['nvarchar(max)', WIRE.nvarcharMax(), Buffer.from('é'.repeat(4096), 'utf16le'), SIZE],
  ] as const)(
    'of 256 MiB (%s) come in fragments through flat memory, to their last byte',
    async (type, wire, piece, expected) => {
      const sql = 'select [id], [a], [b]\nfrom [dbo].[t]';
      await using place = await standIn({ statements: { [sql]: answer(wire, piece) } });
      await using session = await openSqlserver(place.peer);
      const read = tableRead([column('id', 'int'), column('a', type), column('b', 'nvarchar(10)')]);
      let [bytes, cuts, rows, highest, largest] = [0, 0, 0, 0, 0];
      const before = process.memoryUsage();
      for await (const batch of session.preview(read, signal)) {
        for (let cell = 0; cell < batch.cells; cell++) {
          if ((batch.firstColumn + cell) % 3 === 1 && (batch.flags[cell] ?? 0) !== 1) {
            bytes += (batch.ends[cell] ?? 0) - (batch.starts[cell] ?? 0);
          }
          if (((batch.flags[cell] ?? 0) & CELL_CUT) !== 0) cuts++;
        }
        rows += batch.rows;
        largest = Math.max(largest, batch.bytes.length);
        batch.release();
        const { heapUsed, external } = process.memoryUsage();
        highest = Math.max(highest, heapUsed - before.heapUsed + external - before.external);
      }
      expect([bytes, rows, largest]).toEqual([expected, 2, MIB]);
      expect(cuts).toBeGreaterThan(200);
      // When memory is given back is up to the collector; kept whole, the value would take all of its size at least.
      expect(highest).toBeLessThan(192 * MIB);
    },
    120_000,
  );

  it('keep the server waiting while nobody asks for more', async () => {
    let sent = 0;
    const sql = 'select [a]\nfrom [dbo].[t]';
    const endless: Answer = function* () {
      yield { columns: [{ name: 'a', type: WIRE.nvarchar(1000) }] };
      for (; ; sent++) yield { row: ['x'.repeat(1000)] };
    };
    await using place = await standIn({ statements: { [sql]: endless } });
    await using session = await openSqlserver(place.peer);
    const batches = session.preview(tableRead([column('a', 'nvarchar(1000)')]), signal)[Symbol.asyncIterator]();
    (await batches.next()).value?.release();
    // Some megabytes lie in buffers on the way; then it stands still.
    let before = -1;
    await waitUntil(async () => {
      const stands = sent === before;
      before = sent;
      await setTimeout(400);
      return stands;
    }, AbortSignal.timeout(20_000));
    expect(sent).toBeLessThan(50_000);
    await batches.return?.();
    expect((await session.facts(signal)).database).toBe('shop');
  });
});
