import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogColumn, TableName } from '../../../src-shared/model/catalog.ts';
import { chooseTables } from '../../../src-main/engine/plan/choose-tables.ts';
import { editPlan } from '../../../src-main/engine/plan/edit-plan.ts';
import { newPlan } from '../../../src-main/engine/plan/new-plan.ts';
import { parsePlan } from '../../../src-main/engine/plan/parse-plan.ts';
import { brief, catalogOf, column, compile, INT, SHOP, table } from './plan-builder.ts';

const detect = (_table: TableName, { name }: CatalogColumn) =>
  name === 'email'
    ? { class: 'person.email', reason: 'its name says so', suggestion: { mask: 'pseudonym', class: 'person.email' } }
    : null;
const purpose = { kind: 'purpose', purpose: 'CHG-1' } as const;

describe('newPlan', () => {
  const text = newPlan({ connection: 'shop', tables: chooseTables(SHOP, ['public.c*']), detect });

  it('lists every column and comments those that look personal', () => {
    expect(text).toBe(`waybill: 1
name: shop
purpose: ""  # required: why this export is made, e.g. a change number; it is recorded in the ledger
connection: shop
tables:
  - table: public.customers  # about 10 rows
    columns:
      - id
      - email  # looks like person.email: its name says so
      - full_name
      # - shape  # type geometry cannot be carried exactly
    # Suggested masks: remove the "# " in front to use them.
    # masks:
    #   email: { mask: pseudonym, class: person.email }
format: { type: csv }
`);
  });

  it('lacks nothing but the purpose', () => {
    expect(brief(parsePlan(text).findings)).toEqual(['error PLAN/INVALID 3:10']);
    const filled = editPlan(text, [purpose]);
    expect(brief(compile(filled, { detect }).findings)).toEqual(['warning PLAN/COLUMN_UNMASKED 9:9']);
  });

  it('has its masks in force once the marks in front of them are removed', () => {
    const masked = editPlan(text, [purpose]).replace(/^( {4})# (masks:| {2}email)/gm, '$1$2');
    expect(compile(masked, { detect }).findings).toEqual([]);
    expect(compile(masked).compiled?.tables[0]?.masks[1]).toMatchObject({ id: 'pseudonym' });
  });

  it('takes the whole catalog without patterns and refuses a pattern that matches nothing', () => {
    expect(chooseTables(SHOP, []).map(({ name }) => name)).toEqual(['customers', 'orders', 'tmp_load', 'orders']);
    expect(() => chooseTables(SHOP, ['public.orderz'])).toThrow(expect.objectContaining({ code: 'PLAN/TABLE_ABSENT' }));
    expect(() => chooseTables(SHOP, ['orders'])).toThrow(expect.objectContaining({ code: 'PLAN/TABLE_ABSENT' }));
  });

  it('makes a valid name from any name of a connection', () => {
    for (const connection of ['my shop', '../x', '...', 'ünï']) {
      const { plan } = parsePlan(editPlan(newPlan({ connection, tables: chooseTables(SHOP, []) }), [purpose]));
      expect(plan?.connection).toBe(connection);
    }
  });

  it('stays a plan of exactly these tables and columns, whatever they are called', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      fc.constantFrom(
        'a: b',
        '# x',
        '- y',
        'null',
        'no',
        "'",
        '"',
        '\n- table: x',
        '\u2028',
        '\u0085',
        '*',
        'a.b',
        '{',
        '1',
        '~',
        '\uFEFF',
      ),
    );
    fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.uniqueArray(hostile, { minLength: 1, maxLength: 5 }),
        (namespace, name, columns) => {
          fc.pre([namespace, name, ...columns].every((text) => text.isWellFormed()));
          const catalog = catalogOf([
            {
              ...table(
                'a.b',
                columns.map((c) => column(c, INT)),
              ),
              namespace,
              name,
            },
          ]);
          const suspect = () => ({ class: 'person.x', reason: `says ${name}`, suggestion: { mask: 'redact' } });
          const written = newPlan({ connection: 'c', tables: chooseTables(catalog, []), detect: suspect });
          const { compiled, findings } = compile(editPlan(written, [purpose]), { catalog });
          expect(findings).toEqual([]);
          expect(compiled?.tables.map(({ table: names }) => names)).toEqual([[namespace, name]]);
          expect(compiled?.tables[0]?.read.columns.map((c) => c.name)).toEqual(columns);
        },
      ),
      { numRuns: 400 },
    );
  });
});
