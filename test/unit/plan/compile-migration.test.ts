import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CompileRequest } from '../../../src-main/engine/plan/compile-request.ts';
import type { Format } from '../../../src-main/ports/format.ts';
import type { Catalog, CatalogTable } from '../../../src-shared/model/catalog.ts';
import { csvProfiles, migrationTargets } from '../../../src-main/connectors/registry.ts';
import { csv } from '../../../src-main/formats/csv/index.ts';
import { brief, catalogOf, column, compile, foreignKey, HEAD, INT, table, TEXT } from './plan-builder.ts';

const NDJSON = { id: 'ndjson', options: z.object({}), traits: { usesCsvProfiles: false }, describe: () => undefined };

const defined = (tables: readonly CatalogTable[]): Catalog => ({
  ...catalogOf(tables),
  definitions: { types: [], views: [], settings: {} },
});

const SHOP = defined([
  table('public.customers', [column('id', INT, false), column('email')], {
    definition: {
      indexes: [{ name: 'one_each', columns: [{ name: 'email', descending: false }], unique: true, method: 'btree' }],
      others: [],
    },
  }),
  table('public.orders', [column('id', INT, false), column('customer_id', INT)], {
    foreignKeys: [foreignKey('customer_id', 'public.customers', 'id')],
  }),
]);

function migrate(text: string, more: Partial<CompileRequest> = {}) {
  const registries = {
    ...{ formats: [csv, NDJSON as unknown as Format], formatContext: { profiles: csvProfiles } },
    ...{ migrationTargets, masks: [] },
  };
  return compile(text, { catalog: SHOP, accept: 'unsigned', registries, ...more });
}

const PLAN = `${HEAD}tables:\n  - table: public.customers\n  - table: public.orders\n`;
const warnings = (text: string, more: Partial<CompileRequest> = {}): string =>
  migrate(text, more)
    .findings.map(({ message }) => message)
    .join('\n');

describe('compilePlan: migrate', () => {
  it('picks the CSV profile of the target and keeps the schema in the compiled plan', () => {
    const { compiled, findings } = migrate(`${PLAN}migrate: postgres\n`);
    expect(findings).toEqual([]);
    expect(compiled?.format.options).toEqual({ profile: 'postgres' });
    expect(compiled?.migrate?.schema.tables.flatMap(({ paths }) => paths)).toEqual([
      'data/public.customers.csv',
      'data/public.orders.csv',
    ]);
  });

  it('leaves a plan without it as it was, in digest and all', () => {
    const plain = migrate(PLAN);
    expect(plain.compiled).not.toHaveProperty('migrate');
    expect(plain.compiled?.catalog).toBe(migrate(`${PLAN}migrate: mysql\n`).compiled?.catalog);
  });

  it.each([
    ['another profile', '{ type: csv, profile: excel }', 'error PLAN/INVALID 5:31'],
    ['an option over the profile', '{ type: csv, delimiter: ";" }', 'error PLAN/INVALID 5:22'],
    ['another format', '{ type: ndjson }', 'error PLAN/INVALID 5:17'],
  ])('refuses %s, which the load script would not read', (_what, format, finding) => {
    const { compiled, findings } = migrate(`${PLAN.replace('{ type: csv }', format)}migrate: mysql\n`);
    expect(compiled).toBeNull();
    expect(brief(findings)).toEqual([finding]);
    expect(findings[0]?.remedy).toContain('migrate');
  });

  it('takes the profile of the target where the plan names it', () => {
    const { compiled } = migrate(`${PLAN.replace('{ type: csv }', '{ type: csv, profile: mysql }')}migrate: mysql\n`);
    expect(compiled).not.toBeNull();
  });

  it('tells a product nobody knows from one it cannot write for', () => {
    const oracle = migrate(`${PLAN}migrate: sqlite\n`).findings;
    expect(brief(oracle)).toEqual(['error PLAN/FEATURE_UNSUPPORTED 9:10']);
    const unknown = migrate(`${PLAN}migrate: postgresql\n`).findings;
    expect(brief(unknown)).toEqual(['error PLAN/ADAPTER_UNKNOWN 9:10']);
    expect(unknown[0]?.remedy).toBe('Did you mean postgres?');
  });

  it('says what is left out: foreign keys to tables that do not go out, or go out filtered', () => {
    const alone = `${HEAD}tables:\n  - table: public.orders\nmigrate: postgres\n`;
    expect(warnings(alone)).toContain(
      '(customer_id) to public.customers (id) is left out: that table does not go out.',
    );
    const filtered = PLAN.replace('public.customers\n', 'public.customers\n    limit: 5\n');
    expect(warnings(`${filtered}migrate: postgres\n`)).toContain('that table goes out filtered');
  });

  it('says that definitions were not read', () => {
    const { definitions: _, ...bare } = SHOP;
    expect(warnings(`${PLAN}migrate: mysql\n`, { catalog: bare })).toContain('are not read');
  });

  it('keeps a key to what a mask leaves apart, and gives a masked column the type of the mask', () => {
    const masked = PLAN.replace('public.customers\n', 'public.customers\n    masks: { email: { mask: redact } }\n');
    const { compiled, findings } = compile(`${masked}migrate: mysql\n`, {
      ...{ catalog: SHOP, accept: 'unsigned' },
      registries: {
        ...{ formats: [csv], formatContext: { profiles: csvProfiles }, migrationTargets },
        masks: [
          {
            ...{ id: 'redact', title: 'redact', options: z.object({}), program: () => null },
            traits: { streamsLongCells: false, needsKey: false, makesNull: false, promise: 'constant' },
            fit: () => ({ ok: true, type: TEXT, nullable: true }),
            kernel: () => ({ apply: () => undefined }),
          },
        ],
      },
    });
    expect(findings.map(({ message }) => message).join('\n')).toContain('The unique index one_each is left out');
    expect(compiled?.migrate?.schema.tables[0]).toMatchObject({ indexes: [], columns: [{}, { native: null }] });
  });
});
