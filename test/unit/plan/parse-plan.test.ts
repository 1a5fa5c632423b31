import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../src-main/engine/plan/parse-plan.ts';
import { brief, HEAD } from './plan-builder.ts';

const TABLES = 'tables:\n  - table: public.a\n';
const found = (text: string) => brief(parsePlan(text).findings);

const EXAMPLE = `waybill: 1
name: crm-migration
purpose: "CHG-4711 move to the new CRM"
connection: shop
catalog: sha256:${'0'.repeat(64)}
params: { since: 2024-01-01, none: ~, number: 007, yes: true, quoted: "null" }
pseudonyms: { key: client-a, domain: crm }
tables:
  - table: public.customers
    columns: [id, email, yes, 1e3]
    where: "created_at >= :since"
    orderBy: [id, name desc]
    limit: 100000
    masks:
      email: { mask: pseudonym, class: person.email }
      phone: { mask: partial, keepLast: 4 }
  - table: [my.space, "we*rd"]
  - query: "select 1 as a, 2 as b"
    name: totals
    columns: { a: { unmasked: ok }, b: { mask: redact } }
exclude: [public.tmp_*, [a.b, c]]
format: { type: csv, header: false, "null": NULL }
package: { compress: none, disclose: [sql], mode: 0640 }
deliver:
  - { target: partner, path: incoming/ }
limits: { connections: 2, rowsPerSecond: 0, statementTimeoutMs: 0, cellBytes: 64MiB }
`;

describe('parsePlan', () => {
  it('reads every key of the plan file', () => {
    const { plan, findings } = parsePlan(EXAMPLE);
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(plan?.tables).toEqual([
      {
        table: 'public.customers',
        columns: ['id', 'email', 'yes', '1e3'],
        where: 'created_at >= :since',
        orderBy: ['id', 'name desc'],
        limit: 100000,
        masks: { email: { mask: 'pseudonym', class: 'person.email' }, phone: { mask: 'partial', keepLast: 4 } },
      },
      { table: ['my.space', 'we*rd'] },
      { query: 'select 1 as a, 2 as b', name: 'totals', columns: { a: { unmasked: 'ok' }, b: { mask: 'redact' } } },
    ]);
    expect(plan?.format).toEqual({ type: 'csv', header: false, null: null });
    expect(plan?.package).toEqual({ compress: 'none', disclose: ['sql'], mode: '0640' });
    expect(plan?.limits).toEqual({ connections: 2, rowsPerSecond: 0, statementTimeoutMs: 0, cellBytes: '64MiB' });
    expect(plan?.exclude).toEqual(['public.tmp_*', ['a.b', 'c']]);
  });

  it('takes numbers, dates and booleans in params by their source text', () => {
    expect(parsePlan(EXAMPLE).plan?.params).toEqual({
      since: '2024-01-01',
      none: null,
      number: '007',
      yes: 'true',
      quoted: 'null',
    });
  });

  it('takes a numeric filter by its source text', () => {
    const { plan } = parsePlan(`${HEAD}tables:\n  - table: a.b\n    where: 0x1F\n`);
    expect(plan?.tables[0]).toEqual({ table: 'a.b', where: '0x1F' });
  });

  it.each([
    ['an unknown key at the top', `${HEAD}purpos: x\n${TABLES}`, ['error PLAN/INVALID 6:1']],
    ['an unknown key of a table', `${HEAD}tables:\n  - table: a.b\n    masc: {}\n`, ['error PLAN/INVALID 8:5']],
    ['an unknown key of limits', `${HEAD}${TABLES}limits: { conections: 2 }\n`, ['error PLAN/INVALID 8:11']],
    [
      'a missing purpose',
      `waybill: 1\nname: a\nconnection: b\nformat: {type: csv}\n${TABLES}`,
      ['error PLAN/INVALID 1:1'],
    ],
    ['an empty purpose', HEAD.replace('CHG-1', '""') + TABLES, ['error PLAN/INVALID 3:10']],
    ['a blank purpose', HEAD.replace('CHG-1', '"  "') + TABLES, ['error PLAN/INVALID 3:10']],
    ['a purpose with nothing behind it', HEAD.replace(' CHG-1', '') + TABLES, ['error PLAN/INVALID 3:1']],
    ['a name that climbs', HEAD.replace('crm', '../crm') + TABLES, ['error PLAN/INVALID 2:7']],
    ['a limit that is text', `${HEAD}tables:\n  - table: a.b\n    limit: "5"\n`, ['error PLAN/INVALID 8:12']],
    [
      'a limit beyond exact numbers',
      `${HEAD}tables:\n  - table: a.b\n    limit: 9007199254740993\n`,
      ['error PLAN/INVALID 8:12'],
    ],
    ['a negative limit', `${HEAD}tables:\n  - table: a.b\n    limit: -1\n`, ['error PLAN/INVALID 8:12']],
    ['tables that are no list', `${HEAD}tables: public.a\n`, ['error PLAN/INVALID 6:9']],
    ['no list of tables', HEAD, ['error PLAN/INVALID 1:1']],
    ['an entry that is text', `${HEAD}tables:\n  - public.a\n`, ['error PLAN/INVALID 7:5']],
    [
      'table and query at once',
      `${HEAD}tables:\n  - table: a.b\n    query: select 1\n    name: q\n`,
      ['error PLAN/INVALID 7:5'],
    ],
    ['a query without a name', `${HEAD}tables:\n  - query: select 1\n`, ['error PLAN/INVALID 7:5']],
    [
      'unmasked: no',
      `${HEAD}tables:\n  - query: q\n    name: q\n    columns: { a: { unmasked: no } }\n`,
      ['error PLAN/INVALID 9:19'],
    ],
    [
      'a mask without its name',
      `${HEAD}tables:\n  - table: a.b\n    masks:\n      x: { class: y }\n`,
      ['error PLAN/INVALID 9:10'],
    ],
    ['an empty list of columns', `${HEAD}tables:\n  - table: a.b\n    columns: []\n`, ['error PLAN/INVALID 8:14']],
    [
      'a target path that climbs',
      `${HEAD}${TABLES}deliver: [{ target: t, path: a/../b }]\n`,
      ['error PLAN/INVALID 8:30'],
    ],
    ['a digest of another kind', `${HEAD}${TABLES}catalog: sha256:12\n`, ['error PLAN/INVALID 8:10']],
    ['a size nobody knows', `${HEAD}${TABLES}limits: { cellBytes: 64 miles }\n`, ['error PLAN/INVALID 8:22']],
    ['disclosing something else', `${HEAD}${TABLES}package: { disclose: [all] }\n`, ['error PLAN/INVALID 8:23']],
    ['a parameter name SQL cannot have', `${HEAD}${TABLES}params: { a-b: x }\n`, ['error PLAN/INVALID 8:11']],
  ])('points at %s', (_what, text, expected) => {
    expect(found(text)).toEqual(expected);
    expect(parsePlan(text).plan).toBeNull();
  });

  it('names the nearest known key', () => {
    expect(parsePlan(`${HEAD}exclud: []\n${TABLES}`).findings[0]?.remedy).toContain('exclude');
    expect(parsePlan(`${HEAD}tables:\n  - table: a.b\n    wher: x\n`).findings[0]?.remedy).toContain('where');
  });

  it('asks for the version a newer plan needs, and for nothing else', () => {
    const { findings } = parsePlan('waybill: 2\nnew: [things]\n');
    expect(brief(findings)).toEqual(['error PLAN/VERSION_UNKNOWN 1:10']);
    expect(findings[0]?.message).toContain('version 2');
  });

  it.each([['encryption', 'package: { encrypt: { openpgp: { recipients: [a.asc] } } }', '8:12']])(
    'says that this version has no %s',
    (_what, line, place) => {
      const { plan, findings } = parsePlan(`${HEAD}${TABLES}${line}\n`);
      expect(brief(findings)).toEqual([`error PLAN/FEATURE_UNSUPPORTED ${place}`]);
      expect(plan).not.toBeNull();
    },
  );
});

describe('hostile plan files', () => {
  it.each([
    ['a doubled key', `${HEAD}name: other\n${TABLES}`, 'error PLAN/INVALID 6:1'],
    [
      'a doubled key deep inside',
      `${HEAD}tables:\n  - table: a.b\n    masks:\n      x: {mask: redact}\n      "x": {mask: redact}\n`,
      'error PLAN/INVALID 10:7',
    ],
    ['an anchor', `${HEAD.replace('CHG-1', '&p CHG-1')}${TABLES}`, 'error PLAN/INVALID 3:13'],
    ['a tag', `${HEAD.replace('CHG-1', '!!str CHG-1')}${TABLES}`, 'error PLAN/INVALID 3:16'],
    ['a private tag', `${HEAD.replace('CHG-1', '!js/function CHG-1')}${TABLES}`, 'error PLAN/INVALID 3:23'],
    ['a merge key', `${HEAD}<<: { name: x }\n${TABLES}`, 'error PLAN/INVALID 6:1'],
    ['a list as key', `${HEAD}? [a]\n: b\n${TABLES}`, 'error PLAN/INVALID 6:3'],
    ['__proto__', `${HEAD}${TABLES}__proto__: { name: x }\n`, 'error PLAN/INVALID 8:1'],
    ['a lone surrogate', HEAD.replace('CHG-1', String.raw`"\uD800"`) + TABLES, 'error PLAN/INVALID 3:10'],
  ])('refuses %s at its place', (_what, text, expected) => {
    expect(found(text)).toContain(expected);
    expect(parsePlan(text).plan).toBeNull();
  });

  it('refuses an alias bomb without expanding it', () => {
    const bomb = Array.from({ length: 40 }, (_, i) => `k${i + 1}: &k${i + 1} [*k${i}, *k${i}, *k${i}]`).join('\n');
    expect(parsePlan(`k0: &k0 [x]\n${bomb}\n`).plan).toBeNull();
  });

  it.each([
    ['open lists', '['.repeat(100_000)],
    ['dashes', '- '.repeat(100_000)],
    ['open maps', '{a: '.repeat(50_000)],
    ['closed lists', `a: ${'['.repeat(500)}${']'.repeat(500)}`],
    ['indentation', Array.from({ length: 800 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('refuses endless %s', (_what, text) => {
    const { plan, findings } = parsePlan(text);
    expect(plan).toBeNull();
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length).toBeLessThan(120);
  });

  it.each([
    ['tabs as indentation', `${HEAD}tables:\n\t- table: a.b\n`, 'error PLAN/UNREADABLE 7:1'],
    ['an open quote', `waybill: 1\npurpose: "abc\n`, 'error PLAN/UNREADABLE 3:1'],
    ['two documents', `${HEAD}${TABLES}---\na: 1\n`, 'error PLAN/UNREADABLE 8:1'],
    ['a directive', `%YAML 1.1\n---\n${HEAD}${TABLES}`, 'error PLAN/UNREADABLE 1:1'],
    ['nothing', '', 'error PLAN/UNREADABLE 1:1'],
    ['a bare word', 'hello', 'error PLAN/UNREADABLE 1:1'],
  ])('calls %s unreadable', (_what, text, expected) => {
    expect(found(text)[0]).toBe(expected);
  });

  it('counts lines and columns alike with CRLF and behind a byte order mark', () => {
    const text = `${HEAD}tables:\n  - table: a.b\n    masc: {}\n`.replaceAll('\n', '\r\n');
    expect(found(text)).toEqual(['error PLAN/INVALID 8:5']);
    expect(found(`\uFEFF${text}`)).toEqual(['error PLAN/INVALID 8:5']);
    expect(found(`\uFEFFpurpos: 1\n${HEAD}${TABLES}`)).toEqual(['error PLAN/INVALID 1:1']);
  });

  it('refuses more than 1 MiB unread, in bytes', () => {
    const bytes = 1024 * 1024 - HEAD.length - TABLES.length;
    expect(parsePlan(`${HEAD}${TABLES}#${'x'.repeat(bytes - 2)}\n`).plan).not.toBeNull();
    expect(found(`${HEAD}${TABLES}#${'x'.repeat(bytes - 1)}\n`)).toEqual(['error PLAN/UNREADABLE -:-']);
    expect(found(`${HEAD}${TABLES}#${'é'.repeat(bytes / 2 + 1)}\n`)).toEqual(['error PLAN/UNREADABLE -:-']);
  });

  it('reads a map of very many keys in linear time', () => {
    const params = Array.from({ length: 40_000 }, (_, i) => `  p${i}: x`).join('\n');
    expect(Object.keys(parsePlan(`${HEAD}${TABLES}params:\n${params}\n`).plan?.params ?? {})).toHaveLength(40_000);
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      'waybill: 1\n',
      'tables:\n',
      '  - table: a.b\n',
      '&a ',
      '*a',
      '!t ',
      '[',
      ']',
      '{',
      '}',
      ': ',
      '? ',
      '- ',
      '\t',
      '\r\n',
      '"',
      "'",
      '|\n',
      '%',
      '---\n',
      '#',
      ',',
      'x',
      '\u0000',
      '\uFEFF',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((p) => p.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const { plan, findings } = parsePlan(text);
          expect(plan === null && findings.length === 0).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});
