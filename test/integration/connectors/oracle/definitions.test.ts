// How tables are made, put together from what the dictionary says, and what a migration writes of it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { oracle } from '../../../../src-main/connectors/oracle/index.ts';
import { oracleTarget } from '../../../../src-main/connectors/oracle/migration-target.ts';
import { databaseSchema } from '../../../../src-main/engine/migrate/database-schema.ts';
import type { Catalog, CatalogTable } from '../../../../src-shared/model/catalog.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { knownStatement } from '../../../fakes/oracle/golden-statements.ts';
import { startOracleStandIn } from '../../../fakes/oracle/stand-in.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { makeCertificates } from '../../../servers/certificates.ts';
import { migrated } from '../../../unit/connectors/migrated-table.ts';

const signal = new AbortController().signal;
const T = ['SHOP', 'ORDERS'] as const;
const column = (name: string, type: string, size: readonly (number | string | null)[], nullable = 1) => [
  ...[...T, name, type, null, ...size, nullable, 0],
];
const number = (precision: number | null, scale: number | null) => [22, precision, scale, 0, null];
const text = (length: number) => [length, null, null, length, 'C'];

/** Rows of the connector's own statements, by the name of the golden file. */
const ROWS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  facts: [['WAYBILL', 'FREE', 'SHOP', 'PRIMARY', 'tcp']],
  namespaces: [['SHOP']],
  tables: [[...T, 'table', 10, 8192, 0, 0]],
  columns: [
    column('ID', 'NUMBER', number(10, 0), 0),
    column('NOTE', 'VARCHAR2', text(40)),
    column('MADE', 'TIMESTAMP(6)', [11, null, 6, 0, null], 0),
    column('TOTAL', 'NUMBER', number(9, 2)),
    column('TWICE', 'NUMBER', number(10, 2)),
    column('TAXED', 'NUMBER', number(10, 2)),
  ],
  'primary-keys': [[...T, 'ID']],
  'foreign-keys': [[...T, 'PARENT', 'TOTAL', ...T, 'ID']],
  'column-definitions': [
    [...T, 'ID', '"SHOP"."ISEQ$$_1".nextval', 'NO', 'ALWAYS', null, 'the number'],
    [...T, 'NOTE', "'it''s' ", 'NO', null, 'BINARY_CI', null],
    [...T, 'MADE', 'SYSTIMESTAMP\n', 'NO', null, null, null],
    [...T, 'TOTAL', '1.50', 'NO', null, null, null],
    [...T, 'TWICE', '"TOTAL"*2', 'YES', null, null, null],
    [...T, 'TAXED', '"SHOP"."TAX"("TOTAL")', 'YES', null, null, null],
  ],
  'table-comments': [[...T, "people's orders"]],
  indexes: [
    [...T, 'ONE_EACH', 1, 'NORMAL', 'NOTE', 'ASC', null],
    [...T, 'BY_TOTAL', 0, 'FUNCTION-BASED NORMAL', 'SYS_NC00007$', 'DESC', '"TOTAL"'],
    [...T, 'LOWER_NOTE', 1, 'FUNCTION-BASED NORMAL', 'SYS_NC00008$', 'ASC', 'LOWER("NOTE")'],
    [...T, 'BITS', 0, 'BITMAP', 'TOTAL', 'ASC', null],
  ],
  'key-rules': [[...T, 'PARENT', 'SET NULL', 0, 'DEFERRABLE']],
  checks: [
    [...T, 'POSITIVE', 'total > 0', 1, 'TOTAL'],
    [...T, 'SYS_C001', '"ID" IS NOT NULL', 1, 'ID'],
    [...T, 'LATER', 'id > 5', 0, 'ID'],
  ],
  others: [[...T, 'trigger LOG_IT']],
  views: [['SHOP', 'OPEN_ORDERS', 'select 1 as x from dual']],
};

async function catalogOf(rows = ROWS): Promise<Catalog> {
  using folder = new TempFolder();
  const { certFile, keyFile } = await makeCertificates(folder.path, 'loopback', null);
  await using standIn = await startOracleStandIn({
    ...{ user: 'waybill', password: 'x', service: 'shop' },
    certificate: { cert: readFileSync(certFile), key: readFileSync(keyFile) },
    open: () => ({
      run: (statement) => (rows[knownStatement(statement)?.name ?? ''] ?? []).map((row) => [...row]),
      describe: () => [],
      close: () => undefined,
    }),
  });
  const options = { host: '127.0.0.1', port: standIn.port, user: 'waybill', service: 'shop', tls: 'disable' };
  await using session = await oracle.open(oracle.options.parse(options), new SecretText('x'), {
    ...{ signal, applicationName: 'waybill test', statementTimeoutMs: 0 },
  });
  return await session.catalog({ definitions: true }, signal);
}

function ordersOf({ namespaces }: Catalog): CatalogTable {
  const found = namespaces[0]?.tables[0];
  if (found === undefined) throw new Error('the catalog is empty');
  return found;
}

describe('definitions of Oracle on the double', () => {
  it('say defaults, numbering, virtual columns, keys, checks and comments', async () => {
    const orders = ordersOf(await catalogOf());
    expect(Object.fromEntries(orders.columns.map(({ name, definition }) => [name, definition]))).toEqual({
      ID: { identity: { always: true }, comment: 'the number' },
      NOTE: { default: { kind: 'literal', text: "it's" }, collation: 'COLLATE BINARY_CI' },
      MADE: { default: { kind: 'now' } },
      TOTAL: { default: { kind: 'literal', text: '1.50' } },
      TWICE: { generated: { expression: '"TOTAL"*2', stored: false, builtIn: true } },
      TAXED: { generated: { expression: '"SHOP"."TAX"("TOTAL")', stored: false, builtIn: false } },
    });
    expect(orders.foreignKeys).toMatchObject([{ name: 'PARENT', onDelete: 'set null' }]);
    expect(orders.definition).toMatchObject({
      comment: "people's orders",
      indexes: [
        { name: 'ONE_EACH', columns: [{ name: 'NOTE', descending: false }], unique: true },
        { name: 'BY_TOTAL', columns: [{ name: 'TOTAL', descending: true }], unique: false },
      ],
      checks: [{ name: 'POSITIVE', clause: 'CHECK (total > 0)', columns: ['TOTAL'] }],
    });
  });

  it('of a table with a policy say that this login may see a part of it, which a plan warns of', async () => {
    expect(ordersOf(await catalogOf())).not.toHaveProperty('withheld');
    const guarded = ordersOf(await catalogOf({ ...ROWS, tables: [[...T, 'table', 10, 8192, 0, 1]] }));
    expect(guarded.withheld).toEqual([{ words: expect.stringContaining('Row security is in force') as string }]);
    expect(guarded.remarks).toEqual(guarded.withheld?.map(({ words }) => words));
  });

  it('list what a migration cannot carry, and write the rest in the product’s own words', async () => {
    const catalog = await catalogOf();
    const schema = databaseSchema({ tables: [migrated(ordersOf(catalog))], catalog, own: true });
    const { files, notes } = oracleTarget.write(schema);
    const listed = notes.map(({ text }) => text).join('\n');
    for (const left of [
      ...['LATER, which does not hold for every row', 'trigger LOG_IT', 'unique index LOWER_NOTE (LOWER("NOTE"))'],
      ...['bitmap index BITS (TOTAL)', 'deferrable constraint PARENT', 'COLLATE BINARY_CI is left out'],
      ...['TAXED is an ordinary column', 'the foreign key PARENT does not hold for every row'],
    ]) {
      expect(listed).toContain(left);
    }
    const ddl = files.find(({ path }) => path === 'ddl.sql')?.text ?? '';
    for (const written of [
      '"ID" NUMBER(10) GENERATED BY DEFAULT AS IDENTITY NOT NULL',
      `"NOTE" VARCHAR2(40 CHAR) DEFAULT 'it''s'`,
      '"MADE" TIMESTAMP(6) DEFAULT SYSTIMESTAMP NOT NULL',
      '"TWICE" NUMBER(10,2) GENERATED ALWAYS AS ("TOTAL"*2) VIRTUAL',
      'CONSTRAINT "ONE_EACH" UNIQUE ("NOTE")',
      'CONSTRAINT "POSITIVE" CHECK (total > 0)',
      'CREATE INDEX "BY_TOTAL" ON "ORDERS" ("TOTAL" DESC);',
      `COMMENT ON TABLE "ORDERS" IS 'people''s orders';`,
      '-- The view SHOP.OPEN_ORDERS of the source is not made here.',
    ]) {
      expect(ddl).toContain(written);
    }
  });
});
