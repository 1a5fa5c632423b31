import { z } from 'zod';
import type { Catalog, CatalogColumn, CatalogTable, ForeignKey } from '../../../src-shared/model/catalog.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import { appError, bug } from '../../../src-shared/errors/app-error.ts';
import type { Format } from '../../../src-main/ports/format.ts';
import type { Mask } from '../../../src-main/ports/mask.ts';
import type { CompileRequest } from '../../../src-main/engine/plan/compile-request.ts';
import { compilePlan, type CompileResult } from '../../../src-main/engine/plan/compile-plan.ts';
import { parsePlan } from '../../../src-main/engine/plan/parse-plan.ts';
import { fakeDialect } from '../../fakes/fake-dialect.ts';

export const TEXT: LogicalType = { kind: 'text', maxCharacters: null };
export const INT: LogicalType = { kind: 'int', bits: 64, signed: true };

export function column(name: string, type: LogicalType | null = TEXT, nullable = true): CatalogColumn {
  return { name, nativeType: type === null ? 'geometry' : type.kind, nullable, type };
}

export function table(
  label: string,
  columns: readonly CatalogColumn[],
  more: Partial<CatalogTable> = {},
): CatalogTable {
  const [namespace = '', name = ''] = label.split('.');
  return {
    namespace,
    name,
    kind: 'table',
    columns,
    primaryKey: ['id'],
    foreignKeys: [],
    estimatedRows: 10,
    estimatedBytes: 100,
    ...more,
  };
}

export function foreignKey(columnName: string, label: string, other: string): ForeignKey {
  const [namespace = '', name = ''] = label.split('.');
  return { name: `fk_${columnName}`, columns: [columnName], references: { namespace, name, columns: [other] } };
}

export function catalogOf(tables: readonly CatalogTable[]): Catalog {
  const names = [...new Set(tables.map(({ namespace }) => namespace))].sort();
  return {
    product: 'Fake',
    version: '1',
    namespaces: names.map((name) => ({ name, tables: tables.filter(({ namespace }) => namespace === name) })),
  };
}

export const SHOP = catalogOf([
  table('public.customers', [column('id', INT, false), column('email'), column('full_name'), column('shape', null)]),
  table('public.orders', [column('id', INT, false), column('customer_id', INT), column('note')], {
    foreignKeys: [foreignKey('customer_id', 'public.customers', 'id')],
  }),
  table('public.tmp_load', [column('id', INT)]),
  table('sales.orders', [column('id', INT, false), column('total', { kind: 'decimal', precision: 12, scale: 2 })]),
]);

function fakeMask(id: string, options: z.ZodType, needsKey = false): Mask {
  return {
    id,
    title: id,
    traits: { streamsLongCells: false, needsKey, makesNull: false, promise: 'constant' },
    options,
    fit: ({ name, type, nullable }) =>
      type.kind === 'text' || needsKey
        ? { ok: true, type: TEXT, nullable }
        : { ok: false, why: `${name} is no text.`, remedy: 'Choose another mask.' },
    kernel: () => {
      throw bug('plans are compiled without kernels');
    },
    program: () => null,
  };
}

const MASKS: readonly Mask[] = [
  fakeMask(
    'pseudonym',
    z.strictObject({
      class: z.string().regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/),
      normalize: z.enum(['nfc', 'trim', 'lower']).optional(),
    }),
    true,
  ),
  fakeMask('redact', z.object({})),
  fakeMask('partial', z.object({ keepLast: z.int().min(0).default(2) })),
  fakeMask('constant', z.object({ value: z.union([z.string(), z.int().transform(String)]) })),
];

const CSV = {
  id: 'csv',
  options: z.object({
    header: z.boolean().default(true),
    null: z.string().default(''),
    profile: z.string().optional(),
  }),
  describe: ({ profile }: { readonly profile?: string }) => {
    if (profile === undefined || profile === 'rfc4180') return;
    throw appError('FORMAT/OPTION_INVALID', {
      ...{ message: `There is no CSV profile "${profile}".`, remedy: 'Choose rfc4180.' },
      context: { option: 'profile' },
    });
  },
};
// Compiling looks at a format's id, options and whether they go together only.
const FORMATS = [CSV as unknown as Format];

export const HEAD = 'waybill: 1\nname: crm\npurpose: CHG-1\nconnection: shop\nformat: { type: csv }\n';

export function compile(text: string, more: Partial<CompileRequest> = {}): CompileResult {
  return compilePlan({
    parsed: parsePlan(text),
    catalog: SHOP,
    dialect: fakeDialect(),
    connector: 'fake',
    registries: { masks: MASKS, formats: FORMATS, formatContext: { profiles: new Map() }, migrationTargets: [] },
    describedQueries: new Map(),
    ...more,
  });
}

/** `error PLAN/INVALID 3:7`, one per finding. */
export function brief(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, code, line, column }) => `${severity} ${code} ${line ?? '-'}:${column ?? '-'}`);
}
