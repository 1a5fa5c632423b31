// Several sessions of Oracle at one system change number. On the double of its driver, which keeps the moments of its file by
// such numbers: a statement that names none sees another moment than the one that is asked for.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keyLiteral, keyText } from '../../../../src-main/connectors/oracle/key-literal.ts';
import { oracle } from '../../../../src-main/connectors/oracle/index.ts';
import { joinedScn } from '../../../../src-main/connectors/oracle/shared-moment.ts';
import type { Link } from '../../../../src-main/connectors/oracle/link.ts';
import { cutKey } from '../../../../src-main/connectors/oracle/read-rows.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { legalRows } from '../../../contract/connectors/legal-rows.ts';
import { oracleRig } from '../../../contract/connectors/oracle-rig.ts';
import { catalogTable, openSession, signal, tableRead } from '../../../contract/connectors/reads.ts';
import type { ConnectorPlace } from '../../../contract/connectors/rig.ts';
import { column } from '../../../unit/connectors/oracle/all-types.ts';

const ROWS = 40;
const where = oracleRig.standIn ?? 'a server';

let place: ConnectorPlace;
let sessions: readonly [Session, Session, Session];
let read: TableRead;

beforeAll(async () => {
  place = await oracleRig.start();
  await place.sql('create table accounts (id number(9) not null primary key, amount number(9))');
  sessions = [await openSession(oracle, place), await openSession(oracle, place), await openSession(oracle, place)];
  read = tableRead(await catalogTable(sessions[0], place, 'accounts'));
});
beforeEach(async () => {
  await place.sql('delete from accounts');
  await place.sql(`insert into accounts select i, 100 from ${oracleRig.series(ROWS)}`);
});
afterAll(async () => {
  for (const session of sessions) await session[Symbol.asyncDispose]();
  await place.stop();
});

describe(`sessions of Oracle that join a snapshot, on ${where}`, () => {
  it('read, count and cut as of its number, whatever was written before they came', async () => {
    const [first, second, third] = sessions;
    await using leader = await first.snapshot([read], signal);
    place.inside?.reads.begin();
    await place.sql('update accounts set amount = 0');
    await using early = await second.snapshot([read], signal, { joins: leader.facts.id });
    await place.sql('delete from accounts where id > 3');
    await using late = await third.snapshot([read], signal, { joins: leader.facts.id });
    const key = read.columns.slice(0, 1);
    for (const snapshot of [leader, early, late]) {
      expect(snapshot.facts).toEqual(leader.facts);
      const rows = await legalRows(snapshot.read(read, { signal, wire: false }));
      expect(rows.map(([, amount]) => amount)).toEqual(Array.from({ length: ROWS }, () => '100'));
      expect(await snapshot.count(read, signal)).toBe(ROWS);
      expect(await snapshot.cut?.(read, key, { rows: ROWS, signal })).toEqual([String(ROWS)]);
      expect(await snapshot.cut?.(read, key, { rows: ROWS + 1, signal })).toBeNull();
    }
    if (place.inside === undefined) return;
    expect(place.inside.reads.sessions).toBe(3);
    expect([...place.inside.reads.moments]).toEqual([expect.stringMatching(/^\d+$/)]);
  });

  it('hold the tables by themselves, also when the first is gone', async () => {
    const [first, second] = sessions;
    const leader = await first.snapshot([read], signal);
    await using joined = await second.snapshot([read], signal, { joins: leader.facts.id });
    await leader[Symbol.asyncDispose]();
    await expect(place.sql('drop table accounts')).rejects.toThrow(/ORA-00054/);
    expect(await joined.count(read, signal)).toBe(ROWS);
  });

  it.each([
    ['the first reads what its transaction sees', {}, 'read only transaction, 2026-01-02T03:04:05.123456Z'],
    ['an instance has not come as far', {}, 'SCN 99999999999999999, 2026-01-02T03:04:05.123456Z'],
    ['a condition calls what may read other tables', { where: 'amount > limit_of(id)' }, null],
    ['a condition may call it without brackets', { where: 'amount > top_amount' }, null],
    ['a condition names something by its path', { where: 'amount > shop.top' }, null],
    ['a condition holds a quoted literal of its own kind', { where: "to_char(amount) = q'[x]'" }, null],
  ] as const)('are refused where %s, and leave nothing open', async (_, change, id) => {
    const [first, second] = sessions;
    const reads = [{ ...read, ...change }];
    const leader = await first.snapshot([read], signal);
    const joins = id ?? leader.facts.id;
    await expect(second.snapshot(reads, signal, { joins })).rejects.toMatchObject({
      code: 'SOURCE/SNAPSHOT_LOST',
      message: expect.stringMatching(/would not be at the same point in time\. \w+ .*\w\.$/),
    });
    await leader[Symbol.asyncDispose]();
    expect(await place.openTransactions()).toBe(0);
  });

  it('come along where a condition names columns and values alone', async () => {
    const [first, second] = sessions;
    const filtered = {
      ...read,
      where: `AMOUNT between :low and 100 -- not f(x)
        and "ID" in (1, 2, 3) /* g(x) */ and not (amount is null or id like 'h(x)%' escape '!')`,
      params: { low: '1' },
    };
    await using leader = await first.snapshot([filtered], signal);
    await using joined = await second.snapshot([filtered], signal, { joins: leader.facts.id });
    expect(joined.facts.id).toBe(leader.facts.id);
  });

  it('are refused where the login may not read the past', async () => {
    const link = { ask: async () => [['0']] } as unknown as Link;
    await expect(joinedScn(link, [read], { joins: 'SCN 1, x', signal })).rejects.toThrow(/may not read by a system/);
  });
});

describe('a value at a cut of Oracle', () => {
  const literal = (type: string, value: string): string | null => {
    const key = column('K', type);
    const text = keyText(value, key);
    return text === null ? null : keyLiteral(text, key);
  };

  it.each([
    ['NUMBER', '-.5', '-0.5'],
    ['NUMBER(38)', '9'.repeat(38), '9'.repeat(38)],
    ['NUMBER(19,4)', '9007199254740993.0001', '9007199254740993.0001'],
    ['DATE', ' 2024-02-29T23:59:59', `to_date('2024-02-29T23:59:59', 'YYYY-MM-DD"T"HH24:MI:SS')`],
    ['TIMESTAMP(9)', ' 0001-01-01T00:00:00.123456789', "timestamp '0001-01-01 00:00:00.123456789'"],
    ['TIMESTAMP(0)', ' 9999-12-31T23:59:59', "timestamp '9999-12-31 23:59:59'"],
  ])('of the type %s, %s, stands in a condition as %s', (type, value, text) => {
    expect(literal(type, value)).toBe(text);
  });

  it.each([
    ['NUMBER', `.${'3'.repeat(39)}`],
    ['NUMBER', '~'],
    ['NUMBER', '1.5E+60'],
    ['DATE', '-0044-03-15T00:00:00'],
    ['TIMESTAMP(6)', ' 0000-00-00T00:00:00.000000'],
  ])('of the type %s is none where it is %s: no literal is certain to be it', (type, value) => {
    expect(literal(type, value)).toBeNull();
  });

  it.each(['VARCHAR2(40 CHAR)', 'FLOAT(126)', 'BINARY_DOUBLE', 'TIMESTAMP(6) WITH TIME ZONE', 'RAW(16)', 'ROWID'])(
    'is never one of the type %s',
    (type) => {
      expect(oracle.dialect.keyCuts?.canCutBy(column('K', type))).toBe(false);
    },
  );

  it('that has no exact literal leaves the rest in one range', async () => {
    const key = [column('ID', 'NUMBER(9)'), column('K', 'NUMBER')];
    const cutAt = (...row: string[]) => {
      const link = { ask: async () => [row] } as unknown as Link;
      return cutKey(link, { read, key, rows: 1 }, { scn: '1', signal });
    };
    expect(await cutAt('7', '.25')).toEqual(['7', '0.25']);
    expect(await cutAt('7', `.${'3'.repeat(39)}`)).toBeNull();
  });
});
