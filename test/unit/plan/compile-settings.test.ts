import { describe, expect, it } from 'vitest';
import { compiledPlanDigest } from '../../../src-main/engine/plan/compiled-plan-digest.ts';
import { canonicalJson } from '../../../src-main/engine/plan/json-digest.ts';
import { fakeDialect } from '../../fakes/fake-dialect.ts';
import { brief, catalogOf, column, compile, HEAD, INT, SHOP, table } from './plan-builder.ts';

const ORDERS = `${HEAD}tables:\n  - table: public.orders\n    columns: [id, note]\n`;
const found = (text: string, more = {}) => brief(compile(text, more).findings);

describe('compilePlan: format and settings', () => {
  const withFormat = (format: string) => ORDERS.replace('{ type: csv }', format);

  it.each([
    ['a format of a later version', '{ type: parquet }', 'error PLAN/FEATURE_UNSUPPORTED 5:17'],
    ['no format anybody knows', '{ type: cvs }', 'error PLAN/ADAPTER_UNKNOWN 5:17'],
    ['an unknown option', '{ type: csv, heador: true }', 'error FORMAT/OPTION_INVALID 5:22'],
    ['a wrong option', '{ type: csv, header: maybe }', 'error FORMAT/OPTION_INVALID 5:30'],
  ])('points at %s', (_what, format, expected) => {
    expect(found(withFormat(format))).toEqual([expected]);
  });

  it('takes NULL as the text of NULL', () => {
    expect(compile(withFormat('{ type: csv, null: NULL }')).compiled?.format).toEqual({
      id: 'csv',
      options: { header: true, null: 'NULL' },
    });
  });

  it('carries limits, disclosure, mode and deliveries, with their defaults', () => {
    expect(compile(ORDERS).compiled).toMatchObject({
      limits: {
        ...{ connections: 1, rowsPerSecond: 0, bytesPerSecond: 0 },
        ...{ statementTimeoutMs: 0, lockTimeoutMs: 5000, cellBytes: 67108864 },
      },
      disclose: [],
      mode: null,
      deliver: [],
    });
    const rest =
      'limits: { cellBytes: 2 kB, rowsPerSecond: 7, bytesPerSecond: 1MiB, lockTimeoutMs: 10000 }\npackage: { disclose: [sql], mode: 0640 }\ndeliver: [{ target: t, path: in/ }, { target: u }]\n';
    expect(compile(ORDERS + rest).compiled).toMatchObject({
      limits: { cellBytes: 2000, rowsPerSecond: 7, bytesPerSecond: 1_048_576, lockTimeoutMs: 10_000 },
      disclose: ['sql'],
      mode: '0640',
      deliver: [
        { target: 't', path: 'in/' },
        { target: 'u', path: '' },
      ],
    });
  });

  it('says that more than one connection has no effect where a point in time cannot be shared', () => {
    expect(found(`${ORDERS}limits: { connections: 1 }\n`)).toEqual([]);
    const { compiled, findings } = compile(`${ORDERS}limits: { connections: 4 }\n`);
    expect(compiled).not.toBeNull();
    expect(brief(findings)).toEqual(['note PLAN/FEATURE_UNSUPPORTED 9:11']);
    expect(findings[0]?.message).toBe(
      'This product is read with one connection, not with up to 4: others would not be at the same point in time.',
    );
    expect(compile(`${ORDERS}limits: { connections: 4 }\n`, { sharesSnapshots: 'by name' }).findings).toEqual([]);
  });

  it('says of which tables it comes that one connection reads where tables have to be held', () => {
    const of = (tables: string) =>
      compile(`${HEAD}tables:\n${tables}limits: { connections: 4 }\n`, {
        ...{ sharesSnapshots: 'by hold', accept: 'any' },
        catalog: catalogOf([table('s.t', [column('id', INT)]), table('s.v', [column('id', INT)], { kind: 'view' })]),
        describedQueries: new Map([['sums', [{ name: 'n', nativeType: 'int', nullable: true, type: INT }]]]),
      });
    expect(of('  - table: s.t\n').findings).toEqual([]);
    const { compiled, findings } = of(`  - { table: s.t, where: "id > 1" }
  - table: s.v
  - { query: "select 1 as n", name: sums, columns: { n: { unmasked: ok } } }
`);
    expect(compiled).not.toBeNull();
    expect(findings.map(({ severity, code, message }) => [severity, code, message])).toEqual([
      [
        'note',
        'PLAN/FEATURE_UNSUPPORTED',
        'This plan is read with one connection, not with up to 4: others would not be at the same point in time, since what conditions, views and queries read besides cannot be held for it (s.t, s.v, sums).',
      ],
    ]);
  });

  it.each([
    ['{ rows: 1000 }', { rows: 1000 }],
    ['{ bytes: 5GiB }', { bytes: 5 * 1024 ** 3 }],
  ])('takes the size of parts: %s', (written, chunk) => {
    expect(compile(`${ORDERS}package: { chunk: ${written} }\n`).compiled?.chunk).toEqual(chunk);
    expect(compile(ORDERS).compiled).not.toHaveProperty('chunk');
  });

  it('cuts a table by its key, and by none that may be NULL: such rows are behind no bound and before none', () => {
    const text = `${HEAD}tables:\n  - table: s.t\npackage: { chunk: { rows: 10 } }\n`;
    const keyCuts = { canCutBy: () => true, cut: () => ({ text: '', values: [] }) };
    const cutOf = (nullable: boolean) =>
      compile(text, {
        ...{ dialect: { ...fakeDialect(), keyCuts }, accept: 'any' },
        catalog: catalogOf([table('s.t', [column('id', INT, nullable)])]),
      });
    const whole = cutOf(false).compiled?.tables[0];
    expect(whole).toMatchObject({ order: 'key', cutBy: [{ name: 'id' }], read: { orderBy: [{ column: 'id' }] } });
    const { compiled, findings } = cutOf(true);
    expect(compiled?.tables[0]).toMatchObject({ order: 'physical', read: { orderBy: [] } });
    expect(compiled?.tables[0]).not.toHaveProperty('cutBy');
    expect(findings.map(({ code, message }) => [code, message])).toContainEqual([
      'RUN/NOT_RESUMABLE',
      's.t: a run that breaks off reads it from its beginning again, since its key id may be NULL.',
    ]);
  });

  it('fills parts of a size in the order of the key, and warns of large tables that are one file', () => {
    const keyCuts = { canCutBy: () => true, cut: () => ({ text: '', values: [] }) };
    const large = catalogOf([table('s.t', [column('id', INT, false)], { estimatedBytes: 3 * 1024 ** 3 })]);
    const of = (more: string) =>
      compile(`${HEAD}tables:\n  - table: s.t\n${more}`, {
        ...{ dialect: { ...fakeDialect(), keyCuts }, accept: 'any', catalog: large },
      });
    const { compiled, findings } = of('package: { chunk: { bytes: 1GiB } }\n');
    expect(compiled?.tables[0]).toMatchObject({ order: 'key', filledBy: [{ name: 'id' }] });
    expect(compiled?.tables[0]).not.toHaveProperty('cutBy');
    expect(findings.map(({ code }) => code)).not.toContain('RUN/NOT_RESUMABLE');
    const one = of('');
    expect(one.compiled?.tables[0]).not.toHaveProperty('filledBy');
    expect(one.findings).toContainEqual(
      expect.objectContaining({
        ...{ severity: 'note', code: 'RUN/NOT_RESUMABLE', table: 's.t' },
        message: expect.stringMatching(/since it is one file, of about 3\.0 GiB in the database\.$/) as string,
      }),
    );
  });

  it('takes how files are compressed, and none as if nothing were said', () => {
    expect(compile(`${ORDERS}package: { compress: zstd }\n`).compiled?.compress).toBe('zstd');
    expect(compile(`${ORDERS}package: { compress: none }\n`).compiled).not.toHaveProperty('compress');
  });

  it('does not compile a plan that was read with errors', () => {
    const encrypt = '{ openpgp: { recipients: [partner.asc] } }';
    const { compiled, findings } = compile(`${ORDERS}package: { encrypt: ${encrypt} }\n`);
    expect(compiled).toBeNull();
    expect(brief(findings)).toEqual(['error PLAN/FEATURE_UNSUPPORTED 9:12']);
  });

  it('is immutable, pure JSON, and has the same digest whatever the statistics and the comments say', () => {
    const { compiled } = compile(ORDERS);
    expect(Object.isFrozen(compiled?.tables[0]?.read.columns[0])).toBe(true);
    expect(JSON.parse(canonicalJson(compiled))).toEqual(compiled);
    const grown = catalogOf(SHOP.namespaces.flatMap(({ tables }) => tables.map((t) => ({ ...t, estimatedRows: 99 }))));
    const again = compile(`# comment\n${ORDERS}`, { catalog: grown }).compiled;
    expect([compiled, again].map((c) => (c === null ? null : compiledPlanDigest(c)))).toEqual(
      Array(2).fill(expect.stringMatching(/^sha256:[0-9a-f]{64}$/)),
    );
    expect(compiled && again && compiledPlanDigest(again) === compiledPlanDigest(compiled)).toBe(true);
    const other = compile(`${ORDERS}    limit: 5\n`).compiled;
    expect(compiled && other && compiledPlanDigest(other) !== compiledPlanDigest(compiled)).toBe(true);
  });
});

describe('compilePlan: sign-off of the catalog', () => {
  const glob = `${HEAD}tables:\n  - table: sales.*\n`;
  const more = catalogOf([table('sales.orders', [column('id', INT, false)]), table('sales.new', [column('id', INT)])]);

  it('asks for acceptance of globs and default columns, of nothing else', () => {
    expect(found(glob)).toEqual(['error PLAN/CATALOG_UNACCEPTED 6:1']);
    expect(found(`${HEAD}tables:\n  - table: sales.orders\n`)).toEqual(['error PLAN/CATALOG_UNACCEPTED 6:1']);
    expect(found(ORDERS)).toEqual([]);
    expect(found(glob, { accept: 'unsigned' })).toEqual([]);
  });

  it('takes a plan whose digest is that of the catalog', () => {
    const digest = compile(glob).catalog?.digest ?? '';
    expect(found(`catalog: ${digest}\n${glob}`)).toEqual([]);
  });

  it('stops at any other digest and tells the difference in words', () => {
    const accepted = compile(glob).catalog;
    const stale = `catalog: ${accepted?.digest ?? ''}\n${glob}`;
    const { findings } = compile(stale, { catalog: more, acceptedShape: accepted?.shape ?? null });
    expect(brief(findings)).toEqual(['error PLAN/STALE 1:1']);
    expect(findings[0]?.message).toContain('Table sales.new is new.');
    expect(findings[0]?.message).toContain('sales.orders lost the column total.');
    expect(found(stale, { catalog: more, accept: 'unsigned' })).toEqual(['error PLAN/STALE 1:1']);
    expect(found(stale, { catalog: more, accept: 'any' })).toEqual([]);
  });

  it('gives one digest for all tables of the plan, whatever --only keeps', () => {
    const text = `${HEAD}tables:\n  - table: "*.orders"\n`;
    expect(compile(text, { only: ['sales.orders'] }).catalog?.digest).toBe(compile(text).catalog?.digest);
  });
});
