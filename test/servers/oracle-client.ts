// A real Oracle Database, where WAYBILL_TEST_ORACLE_URL names one: oracle://user:password@host:port/service. The user's schema
// is emptied by the tests. It needs version 23 or later, CREATE TABLE, CREATE PROCEDURE and SELECT on V_$SESSION.
import oracledb, { type Connection } from 'oracledb';

export interface OracleAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly service: string;
}

/** null: there is none, and the tests run on the double alone. */
export function oracleAddress(): OracleAddress | null {
  const text = process.env['WAYBILL_TEST_ORACLE_URL'];
  if (text === undefined || text === '') return null;
  const url = new URL(text);
  return {
    ...{ host: url.hostname, port: Number(url.port || 1521), service: url.pathname.slice(1) },
    ...{ user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
  };
}

const FUNCTIONS = [
  `create or replace function waybill_repeat(piece varchar2, times number) return clob is
     whole clob := ''; part varchar2(32767) := '';
   begin
     for i in 1 .. times loop
       part := part || piece;
       if length(part) > 30000 then whole := whole || part; part := ''; end if;
     end loop;
     return whole || part;
   end;`,
  `create or replace function waybill_bytes(count_of number) return blob is
     whole blob; part raw(10000) := utl_raw.copies(hextoraw('AB'), 10000);
   begin
     dbms_lob.createtemporary(whole, true);
     for i in 1 .. trunc(count_of / 10000) loop dbms_lob.writeappend(whole, 10000, part); end loop;
     if mod(count_of, 10000) > 0 then dbms_lob.writeappend(whole, mod(count_of, 10000), part); end if;
     return whole;
   end;`,
];

export interface OracleOwner {
  sql(text: string): Promise<void>;
  /** Sessions of this user with a statement under way, our own apart. */
  openTransactions(): Promise<number>;
  stop(): Promise<void>;
}

/** An owner's connection, which stays open; its schema is empty. */
export async function newOracleOwner({ host, port, user, password, service }: OracleAddress): Promise<OracleOwner> {
  const owner = await oracledb.getConnection({ user, password, connectString: `${host}:${port}/${service}` });
  await dropTables(owner);
  for (const text of FUNCTIONS) await owner.execute(text);
  return {
    sql: async (text) => void (await owner.execute(text, [], { autoCommit: true })),
    openTransactions: async () => {
      const { rows } = await owner.execute<[number]>(
        `select count(*) from v$session where username = user and sid <> sys_context('USERENV', 'SID') and status = 'ACTIVE'`,
      );
      return Number(rows?.[0]?.[0]);
    },
    stop: async () => {
      await dropTables(owner);
      await owner.close();
    },
  };
}

async function dropTables(owner: Connection): Promise<void> {
  const { rows } = await owner.execute<[string]>('select table_name from user_tables');
  for (const [name] of rows ?? []) await owner.execute(`drop table "${name}" cascade constraints purge`);
}
