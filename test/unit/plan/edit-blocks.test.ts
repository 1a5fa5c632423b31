import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editPlan } from '../../../src-main/engine/plan/edit-plan.ts';
import { parsePlan } from '../../../src-main/engine/plan/parse-plan.ts';
import type { PlanEdit } from '../../../src-main/engine/plan/plan-edit.ts';

const CUSTOMERS = { namespace: 'public', name: 'customers' };
const PLAN = `# head
waybill: 1
name: crm   # short
purpose: "b"
connection: shop
params:
  since: "2024-01-01"  # the first day
  until: null
tables:
  # who buys
  - table: public.customers
    orderBy: [id, email]  # as the CRM wants it
format:
  type: csv
  profile: excel   # for the finance team
package: { disclose: [] } # nothing
deliver:
  # the partner first
  - { target: partner, path: incoming }
  - target: archive
limits: { connections: 2, statementTimeoutMs: 0 }
`;

const edit = (...edits: readonly PlanEdit[]): string => editPlan(PLAN, edits);

function changed(text: string): { gone: string[]; come: string[] } {
  const [before, after] = [PLAN.split('\n'), text.split('\n')];
  return {
    gone: before.filter((line) => !after.includes(line)),
    come: after.filter((line) => !before.includes(line)),
  };
}

describe('edits of whole blocks', () => {
  it('rename the plan and move it to another connection', () => {
    expect(changed(edit({ kind: 'name', name: 'crm-2' })).come).toEqual(['name: crm-2   # short']);
    expect(changed(edit({ kind: 'connection', connection: 'shop.eu' })).come).toEqual(['connection: shop.eu']);
    expect(() => edit({ kind: 'name', name: 'no / name' })).toThrow(expect.objectContaining({ code: 'PLAN/INVALID' }));
  });

  it('change one option of the format and keep the words beside the others', () => {
    const text = edit({ kind: 'format', format: { type: 'csv', profile: 'excel', header: false } });
    expect(changed(text)).toEqual({ gone: [], come: ['  header: false'] });
    expect(changed(edit({ kind: 'format', format: { type: 'ndjson' } }))).toEqual({
      gone: ['  type: csv', '  profile: excel   # for the finance team'],
      come: ['  type: ndjson'],
    });
  });

  it('write text that looks like something else in quotes', () => {
    const text = edit({ kind: 'format', format: { type: 'csv', null: 'NULL', quote: '007', header: true } });
    expect(parsePlan(text).plan?.format).toEqual({ type: 'csv', null: 'NULL', quote: '007', header: true });
  });

  it('change one hour of a window and leave the others as they are spelled', () => {
    const window = 'limits:\n  window: { from: "22:00", to: "06:00", zone: "UTC" } # nights\n';
    const base = PLAN.replace(/limits: .*\n/, window);
    const set = (from: string, to: string): string =>
      editPlan(base, [{ kind: 'limits', limits: { window: { from, to, zone: 'UTC' } } }]);
    expect(set('22:00', '05:00')).toBe(base.replace('06:00', '05:00'));
    // Halfway it would end when it begins.
    expect(set('06:00', '12:00')).toBe(base.replace('06:00', '12:00').replace('22:00', '06:00'));
    const lines = base.replace(/ \{ from.*nights/, '\n    from: "22:00" # late\n    to: 06:00\n    zone: UTC');
    const moved = editPlan(lines, [
      { kind: 'limits', limits: { window: { from: '23:00', to: '07:00', zone: 'UTC' } } },
    ]);
    expect(moved).toBe(lines.replace('22:00', '23:00').replace('06:00', '"07:00"'));
    expect(editPlan(base, [{ kind: 'limits', limits: null }])).not.toContain('window');
  });

  it('add, change and take out parameters', () => {
    const text = edit({ kind: 'params', params: { since: '2025-01-01', country: 'NO' } });
    expect(text).toContain('  since: "2025-01-01"  # the first day\n  country: "NO"\ntables:');
    expect(parsePlan(text).plan?.params).toEqual({ since: '2025-01-01', country: 'NO' });
    expect(edit({ kind: 'params', params: null })).toBe(PLAN.replace(/params:\n.*\n.*\n/, ''));
  });

  it('put deliveries in and out one by one', () => {
    const partner = { target: 'partner', path: 'incoming' };
    const one = edit({ kind: 'deliver', deliver: [partner] });
    expect(one).toBe(PLAN.replace('  - target: archive\n', ''));
    const more = edit({ kind: 'deliver', deliver: [partner, { target: 'mid' }, { target: 'archive' }] });
    expect(changed(more)).toEqual({ gone: [], come: ['  - { target: mid }'] });
    const turned = edit({ kind: 'deliver', deliver: [{ target: 'archive' }, partner] });
    expect(parsePlan(turned).plan?.deliver).toEqual([{ target: 'archive' }, partner]);
    expect(edit({ kind: 'deliver', deliver: null })).not.toContain('deliver');
  });

  it('begin blocks that the file does not have', () => {
    const bare = PLAN.slice(0, PLAN.indexOf('package:'));
    const text = editPlan(bare, [
      { kind: 'deliver', deliver: [{ target: 'a', path: 'x/y' }] },
      { kind: 'pseudonyms', pseudonyms: { key: 'client-a' } },
      { kind: 'package', package: { mode: '0640', disclose: ['source'] } },
      { kind: 'limits', limits: { cellBytes: '1MiB' } },
    ]);
    expect(text).toBe(`${bare}deliver:
  - { target: a, path: x/y }
pseudonyms: { key: client-a }
package: { mode: "0640", disclose: [source] }
limits: { cellBytes: 1MiB }
`);
    expect(parsePlan(text).findings).toEqual([]);
  });

  it('set the order of rows', () => {
    const order = (orderBy: readonly string[] | null): string => edit({ kind: 'orderBy', entry: CUSTOMERS, orderBy });
    expect(order(['id', 'email', 'a desc'])).toContain('orderBy: [id, email, "a desc"]  # as the CRM wants it');
    expect(order(['email'])).toContain('orderBy: [email]  # as');
    expect(order(['email', 'id'])).toContain('orderBy: [email, id]  # as');
    expect(order(null)).not.toContain('orderBy');
  });

  it('are no edits where they lead back', () => {
    const text = edit(
      { kind: 'limits', limits: null },
      { kind: 'format', format: { type: 'ndjson' } },
      { kind: 'deliver', deliver: [] },
      { kind: 'limits', limits: { statementTimeoutMs: 0, connections: 2 } },
      { kind: 'format', format: { profile: 'excel', type: 'csv' } },
      { kind: 'deliver', deliver: [{ path: 'incoming', target: 'partner' }, { target: 'archive' }] },
    );
    expect(text).toBe(PLAN);
  });
});

describe('tables', () => {
  const table = (name: string, chosen: boolean): PlanEdit => ({
    kind: 'table',
    table: { namespace: 'public', name },
    chosen,
    columns: ['id'],
  });
  const tick = (column: string, chosen: boolean, name = 'customers'): PlanEdit => ({
    kind: 'column',
    entry: { namespace: 'public', name },
    column,
    chosen,
    order: ['id', 'email'],
  });

  it('come and go with what was said of them, and come back as they were', () => {
    expect(edit(tick('email', false), table('customers', false), table('customers', true))).toBe(
      edit(tick('email', false)),
    );
    expect(edit(table('orders', true), tick('email', true, 'orders'), table('orders', false))).toBe(PLAN);
    const empty = edit(table('customers', false));
    expect(editPlan(empty, [table('orders', true), table('orders', false)])).toBe(empty);
  });

  it('begin the list of a plan that has none, and leave it as it was', () => {
    const none = PLAN.replace(/tables:\n[^]*format:/, 'tables: []\nformat:');
    const one = editPlan(none, [table('a', true)]);
    expect(one).toContain('tables:\n  - table: public.a\n    columns:\n      - id\nformat:');
    expect(editPlan(one, [table('a', false)])).toBe(none);
  });

  it('are ticked by the thousand in one change, and unticked', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({ ...table(`t${index}`, true), columns: undefined }));
    const text = edit(...(many as PlanEdit[]));
    expect(parsePlan(text).plan?.tables).toHaveLength(2_001);
    const half = many.slice(0, 1_000).map((each) => ({ ...each, chosen: false }));
    expect(parsePlan(editPlan(text, half as PlanEdit[])).plan?.tables).toHaveLength(1_001);
  }, 30_000);
});

const scalar = fc.constantFrom<unknown>('a', 'NO', '007', 'x: y', 3, true, '#');
const options = fc.dictionary(fc.constantFrom('header', 'quote', 'profile', 'a b'), scalar, { noNullPrototype: true });

describe('blocks of any content', () => {
  it('are what was asked for, and nothing else changes', () => {
    fc.assert(
      fc.property(options, options, (first, second) => {
        const wanted = { ...second, type: 'csv' };
        const text = edit({ kind: 'format', format: { ...first, type: 'csv' } });
        const result = editPlan(text, [{ kind: 'format', format: wanted }]);
        expect(parsePlan(result).plan?.format).toEqual(wanted);
        const outside = (whole: string): string => whole.replace(/format:\n(?: .*\n)+/, '');
        expect(outside(result)).toBe(outside(PLAN));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the reason why a column goes out as it is', () => {
  const listed = PLAN.replace(
    '    orderBy',
    '    columns:\n      - id\n      - email  # looks like person.email\n    orderBy',
  );
  const remark = (text: string, reason: string | null): string =>
    editPlan(text, [{ kind: 'remark', entry: CUSTOMERS, column: 'email', remark: reason, order: ['id', 'email'] }]);

  it('is a comment on its line, and goes without a trace', () => {
    const text = remark(listed, 'agreed  with\nHR #12');
    expect(text).toContain('      - email  # as it is: agreed with HR #12  # looks like person.email\n');
    expect(remark(text, 'other')).toContain('- email  # as it is: other  # looks');
    expect(remark(text, null)).toBe(listed);
    expect(parsePlan(text).findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });

  it('is written beside a column that the file names on no line yet', () => {
    const all = remark(PLAN, 'x');
    expect(all).toContain('columns:\n      - id\n      - email  # as it is: x\n');
    const flow = PLAN.replace('    orderBy', '    columns: [email, id] # two\n    orderBy');
    expect(remark(flow, 'x')).toContain('    columns:\n      - email  # as it is: x\n      - id # two\n    orderBy');
  });
});

describe('all columns of a table', () => {
  const entry = CUSTOMERS;
  const listed = PLAN.replace(
    '    orderBy',
    '    columns:\n      - id  # the key\n      # - shape  # cannot be carried\n      - email\n      - "full name"\n    orderBy',
  );
  const set = (text: string, ...columns: string[]): string => editPlan(text, [{ kind: 'columns', entry, columns }]);

  it('are chosen at once, and lines that stay keep their bytes', () => {
    const some = set(listed, 'id', 'city', 'full name', 'zip');
    expect(some).toContain(
      '      - id  # the key\n      - city\n      # - shape  # cannot be carried\n      - "full name"\n      - zip\n    orderBy',
    );
    expect(set(set(listed, 'id'), 'id', 'email', 'full name')).toContain('- id  # the key\n      - email\n');
    expect(
      editPlan(listed, [
        { kind: 'columns', entry, columns: ['id'] },
        { kind: 'columns', entry, columns: ['id', 'email', 'full name'] },
      ]),
    ).toBe(listed);
    expect(set(PLAN, 'id', 'email')).toContain('    columns:\n      - id\n      - email\n');
    expect(() => set(listed)).toThrow(expect.objectContaining({ code: 'PLAN/SELECTION_EMPTY' }));
  });

  it('are what was asked for, in that order, by the thousand', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `column_${index}`);
    const text = set(listed, ...many);
    expect(parsePlan(set(text, ...many.toReversed())).plan?.tables[0]).toHaveProperty('columns', many.toReversed());
    fc.assert(
      fc.property(fc.shuffledSubarray(['id', 'email', 'full name', 'a', 'b'], { minLength: 1 }), (columns) => {
        expect(parsePlan(set(listed, ...columns)).plan?.tables[0]).toHaveProperty('columns', columns);
      }),
      { numRuns: 50 },
    );
  });
});
