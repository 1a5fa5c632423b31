// Every type, from the wire to its canonical text, by the real driver.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { legalRows } from '../../../contract/connectors/legal-rows.ts';
import type { Answer } from '../../../servers/tds/scripted.ts';
import { WIRE, type WireColumn, type WireValue } from '../../../servers/tds/wire-types.ts';
import { column, EVERY_TYPE } from '../../../unit/connectors/sqlserver/all-types.ts';
import { openSqlserver, signal, standIn, tableRead } from './rig.ts';
import { TYPE_FIXTURES } from './type-fixtures.ts';

const GOLDEN = readFileSync(new URL('../../../golden/sqlserver/types.sql', import.meta.url), 'utf8').trimEnd();
const table = { kind: 'table', table: { namespace: 'shop', name: 'or]ders' } } as const;

function rows(columns: readonly WireColumn[], values: readonly (readonly WireValue[])[]): Answer {
  return function* () {
    yield { columns };
    for (const row of values) yield { row };
  };
}

async function read(
  sql: string,
  columns: Parameters<typeof tableRead>[0],
  answer: Answer,
  { packetBytes, ...source }: Partial<TableRead> & { readonly packetBytes?: number } = {},
): Promise<unknown> {
  const peer = packetBytes === undefined ? {} : { packetBytes };
  await using place = await standIn({ statements: { [sql]: answer } }, peer);
  await using session = await openSqlserver(place.peer);
  return await legalRows(session.preview(tableRead(columns, source), signal));
}

describe('the types of SQL Server on the TDS stand-in', () => {
  it('each have a fixture, in the order of the golden file', () => {
    expect(TYPE_FIXTURES.map(({ type }) => type)).toEqual(EVERY_TYPE.map(({ nativeType }) => nativeType));
  });

  it.each([512, 4096, 16_384])(
    'come as their canonical text, NULL and all, in packets of %i bytes',
    async (packetBytes) => {
      const most = Math.max(...TYPE_FIXTURES.map(({ values }) => values.length));
      const all = Array.from({ length: most + 1 }, (_, i) =>
        TYPE_FIXTURES.map(({ values }) => values[i] ?? [null, null]),
      );
      const wire = TYPE_FIXTURES.map(({ type, wire: each }): WireColumn => ({ name: type, type: each }));
      const sent = all.map((row) => row.map(([value]) => value));
      const found = await read(GOLDEN, EVERY_TYPE, rows(wire, sent), { source: table, packetBytes });
      expect(found).toEqual(all.map((row) => row.map(([, text]) => text)));
    },
  );

  it('come the same out of columns that take no NULL', async () => {
    const columns = ['bit', 'tinyint', 'smallint', 'int', 'bigint', 'real', 'float'].map((type) => column(type, type));
    const wire = [
      ...[WIRE.fixedBit(), WIRE.fixedInt(1), WIRE.fixedInt(2), WIRE.fixedInt(4), WIRE.fixedInt(8)],
      ...[WIRE.fixedFloat(4), WIRE.fixedFloat(8)],
    ].map((type, i): WireColumn => ({ name: `c${i}`, type, nullable: false }));
    const sql = 'select [bit], [tinyint], [smallint], [int], [bigint], [real], [float]\nfrom [dbo].[t]';
    const sent = [true, 200, -1, -1, -1n, Math.fround(1.1), 1.1];
    expect(await read(sql, columns, rows(wire, [sent]))).toEqual([['true', '200', '-1', '-1', '-1', '1.1', '1.1']]);
  });

  it('arrive whole however the wire tears them apart', async () => {
    const text = '𝄞é配a'.repeat(700);
    const columns = [column('a', 'nvarchar(max)'), column('b', 'varbinary(max)'), column('c', 'nvarchar(40)')];
    const utf16 = Buffer.from(text, 'utf16le');
    for (const size of [1, 2, 3, 7, 4079]) {
      const pieces = Array.from({ length: Math.ceil(utf16.length / size) }, (_, i) =>
        utf16.subarray(i * size, (i + 1) * size),
      );
      const wire = [WIRE.nvarcharMax(), WIRE.varbinaryMax(), WIRE.nvarchar(40)];
      const sent: WireValue[] = [
        { bytes: size % 2 === 0 ? null : utf16.length, pieces },
        { bytes: null, pieces },
        'end',
      ];
      const answer = rows(
        wire.map((type, i) => ({ name: `c${i}`, type })),
        [sent, sent],
      );
      const row = [text, utf16.toString('hex'), 'end'];
      expect(await read('select [a], [b], [c]\nfrom [dbo].[t]', columns, answer)).toEqual([row, row]);
    }
  });

  it.each([
    ['nvarchar(40)', WIRE.nvarchar(40), 'ok', 'a\ud800', 'half a surrogate pair'],
    ['nvarchar(40)', WIRE.nvarchar(40), 'ok', '\udc00a', 'half a surrogate pair'],
    ['nvarchar(max)', WIRE.nvarcharMax(), 'ok', `${'x'.repeat(5000)}\ud83e`, 'half a surrogate pair'],
    ['nvarchar(max)', WIRE.nvarcharMax(), 'ok', `\ud83e${'x'.repeat(2_000_000)}`, 'half a surrogate pair'],
    ['sql_variant', WIRE.nvarcharMax(), 'int:1', '?hierarchyid', 'an sql_variant that cannot be carried exactly'],
  ] as const)(
    'end the read with table, column and row where %s cannot be carried, and the session goes on',
    async (type, wire, good, bad, found) => {
      const columns = [column('id', 'int'), column('a', type)];
      const entry =
        type === 'sql_variant'
          ? /convert\(nvarchar\(max\), case .* end\)/.exec(GOLDEN)?.[0].replaceAll('[sql_variant]', '[a]')
          : '[a]';
      const sql = `select [id], ${entry}\nfrom [dbo].[t]`;
      const wires = [
        { name: 'id', type: WIRE.int(4) },
        { name: 'a', type: wire },
      ];
      const sent: WireValue[][] = [[1, good], [2, bad], ...Array.from({ length: 3000 }, (_, i) => [i, good])];
      await using place = await standIn({ statements: { [sql]: rows(wires, sent) } });
      await using session = await openSqlserver(place.peer);
      await expect(legalRows(session.preview(tableRead(columns), signal))).rejects.toMatchObject({
        code: 'SOURCE/VALUE_UNREPRESENTABLE',
        message: `The column a of dbo.t holds ${found} in row 2.`,
        context: { table: 'dbo.t', column: 'a', row: 2 },
      });
      expect((await session.facts(signal)).database).toBe('shop');
    },
  );

  it('end the read where the server gives a second result', async () => {
    const answer: Answer = function* () {
      for (const value of [1, 2]) {
        yield { columns: [{ name: 'a', type: WIRE.int(4) }] };
        yield { row: [value] };
      }
    };
    await expect(read('select [a]\nfrom [dbo].[t]', [column('a', 'int')], answer)).rejects.toMatchObject({
      code: 'SOURCE/PROTOCOL',
      message: expect.stringMatching(/second result/),
    });
  });

  it('end the read where the server sends another type than was asked for', async () => {
    const sql = 'select convert(varchar(41), [a])\nfrom [dbo].[t]';
    const answer = rows([{ name: 'a', type: WIRE.decimal(9, 2) }], [['1.50']]);
    await expect(read(sql, [column('a', 'decimal(9,2)')], answer)).rejects.toMatchObject({
      code: 'SOURCE/PROTOCOL',
      message: expect.stringMatching(/the column a \(decimal\(9,2\)\) came as DecimalN/),
    });
  });
});
