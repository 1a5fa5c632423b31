// The TDS stand-in itself, by the driver alone.
import { Connection, Request, type ConnectionConfiguration } from 'tedious';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply, Statement, TdsDatabase } from '../../servers/tds/database.ts';
import { startTdsPeer, type TdsPeer } from '../../servers/tds/server.ts';
import { WIRE, type WireType, type WireValue } from '../../servers/tds/wire-types.ts';

const GUID = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

/** One column of every type, what is sent and what the driver makes of it. */
const TYPES: readonly (readonly [name: string, type: WireType, value: WireValue, read: unknown])[] = [
  ['fixed tinyint', WIRE.fixedInt(1), 255, 255],
  ['fixed smallint', WIRE.fixedInt(2), -32768, -32768],
  ['fixed int', WIRE.fixedInt(4), -2147483648, -2147483648],
  ['fixed bigint', WIRE.fixedInt(8), 9223372036854775807n, '9223372036854775807'],
  ['fixed bit', WIRE.fixedBit(), true, true],
  ['fixed real', WIRE.fixedFloat(4), 0.5, 0.5],
  ['fixed float', WIRE.fixedFloat(8), -0.1, -0.1],
  ['int', WIRE.int(4), 7, 7],
  ['bigint', WIRE.int(8), -9223372036854775808n, '-9223372036854775808'],
  ['bit', WIRE.bit(), false, false],
  ['real', WIRE.float(4), 1.5, 1.5],
  ['float', WIRE.float(8), 1e300, 1e300],
  ['decimal', WIRE.decimal(18, 2), '-12345.67', -12345.67],
  ['money', WIRE.money(), -10001n, -1.0001],
  ['uniqueidentifier', WIRE.guid(), GUID, '33221100-5544-7766-8899-AABBCCDDEEFF'],
  ['date', WIRE.date(), 730119, new Date('2000-01-01T00:00:00Z')],
  ['varchar', WIRE.varchar(20), 'é', 'é'],
  ['char', WIRE.char(3), 'a  ', 'a  '],
  ['varchar(max)', WIRE.varcharMax(), 'x'.repeat(20_000), 'x'.repeat(20_000)],
  ['nvarchar', WIRE.nvarchar(20), '配送🦄', '配送🦄'],
  ['nchar', WIRE.nchar(3), 'ä  ', 'ä  '],
  ['nvarchar(max)', WIRE.nvarcharMax(), '🦄'.repeat(9000), '🦄'.repeat(9000)],
  ['varbinary', WIRE.varbinary(4), Buffer.from([0, 1, 255]), Buffer.from([0, 1, 255])],
  ['binary', WIRE.binary(2), Buffer.from([7, 8]), Buffer.from([7, 8])],
  ['varbinary(max)', WIRE.varbinaryMax(), Buffer.alloc(30_000, 0xab), Buffer.alloc(30_000, 0xab)],
  ['xml', WIRE.xml(), '<a/>', '<a/>'],
  ['udt', WIRE.udt('hierarchyid'), Buffer.from([0x58]), Buffer.from([0x58])],
];

const seen: Statement[] = [];

async function* replies(statement: Statement): AsyncGenerator<Reply> {
  seen.push(statement);
  if (statement.text.startsWith('set ')) return;
  if (statement.text === 'types' || statement.text === 'nulls') {
    const columns = TYPES.filter(([name]) => statement.text === 'types' || !name.startsWith('fixed'));
    yield { columns: columns.map(([name, type]) => ({ name, type })) };
    yield { row: columns.map(([, , value]) => (statement.text === 'types' ? value : null)) };
  } else if (statement.text === 'endless') {
    yield { columns: [{ name: 'n', type: WIRE.int(4) }] };
    for (let n = 0; ; n++) yield { row: [n] };
  } else if (statement.text === 'hang') await new Promise(() => undefined);
  else if (statement.text === 'fail') yield { error: { number: 208, message: "Invalid object name 't'.", line: 3 } };
  else throw new Error(`${statement.text} is not known`);
}

const database: TdsDatabase = {
  open: ({ database: name }) =>
    name === 'absent'
      ? { refused: [{ number: 4060, message: 'Cannot open database "absent".' }] }
      : { run: replies, close: () => undefined },
};

describe('the TDS stand-in', () => {
  let peer: TdsPeer;
  beforeAll(async () => {
    peer = await startTdsPeer({
      accounts: [
        { user: 'sa', password: 'Pässword' },
        { user: 'otto', password: 'geheim', domain: 'CORP' },
      ],
      tokens: ['a.b.c'],
      database,
      tls: null,
    });
  });
  afterAll(() => peer.close());

  type Authentication = ConnectionConfiguration['authentication'];
  const sql = (userName: string, password: string): Authentication => ({
    type: 'default',
    options: { userName, password },
  });
  const ntlm = (password: string): Authentication => ({
    type: 'ntlm',
    options: { userName: 'otto', password, domain: 'CORP' },
  });
  const token = (text: string): Authentication => ({
    type: 'azure-active-directory-access-token',
    options: { token: text },
  });

  async function connect(authentication = sql('sa', 'Pässword'), name = 'shop'): Promise<Connection> {
    const options = {
      port: peer.port,
      encrypt: false,
      database: name,
      maxRetriesOnTransientErrors: 0,
      cancelTimeout: 1000,
    };
    const connection = new Connection({ server: peer.host, authentication: authentication as never, options });
    await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
    return connection;
  }

  function ask(connection: Connection, text: string, act?: (request: Request) => void): Promise<unknown[][]> {
    return new Promise((resolve, reject) => {
      const rows: unknown[][] = [];
      const request = new Request(text, (error) => (error ? reject(error) : resolve(rows)));
      request.on('row', (columns: { value: unknown }[]) => rows.push(columns.map(({ value }) => value)));
      act?.(request);
      connection.execSqlBatch(request);
    });
  }

  it('lets in who has the password, the access token, or the answer to the challenge, and nobody else', async () => {
    for (const known of [sql('sa', 'Pässword'), ntlm('geheim'), token('a.b.c')]) (await connect(known)).close();
    for (const unknown of [sql('sa', 'x'), sql('otto', 'geheim'), ntlm('x'), token('x')]) {
      await expect(connect(unknown)).rejects.toThrow(/Login failed/);
    }
    await expect(connect(undefined, 'absent')).rejects.toThrow(/absent/);
  });

  it('writes a value of every type, and NULL of every type that takes it', async () => {
    const connection = await connect();
    const [row = []] = await ask(connection, 'types');
    for (const [i, [name, , , read]] of TYPES.entries()) expect([name, row[i]]).toEqual([name, read]);
    const [nulls = []] = await ask(connection, 'nulls');
    expect(new Set(nulls)).toEqual(new Set([null]));
    connection.close();
  });

  it('stops a statement that is cancelled, whether it sends or thinks, and goes on', async () => {
    const connection = await connect();
    for (const text of ['endless', 'hang']) {
      const cancelled = ask(connection, text, (request) => setTimeout(() => request.cancel(), 50));
      await expect(cancelled).rejects.toMatchObject({ code: 'ECANCEL' });
    }
    await expect(ask(connection, 'fail')).rejects.toMatchObject({ number: 208, lineNumber: 3 });
    await expect(ask(connection, 'no such statement')).rejects.toMatchObject({ number: 50_000 });
    expect(await ask(connection, 'types')).toHaveLength(1);
    connection.close();
  });
});
