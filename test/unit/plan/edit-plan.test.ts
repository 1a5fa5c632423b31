import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editPlan } from '../../../src-main/engine/plan/edit-plan.ts';
import { parsePlan } from '../../../src-main/engine/plan/parse-plan.ts';
import type { PlanEdit } from '../../../src-main/engine/plan/plan-edit.ts';

const ORDER = ['id', 'email', 'full name', 'phone', 'no'];
const CUSTOMERS = { namespace: 'public', name: 'customers' };
const DIGEST = `sha256:${'a'.repeat(64)}`;

const HAND_WRITTEN = `# our export
waybill:   1     # version
name: 'crm'

purpose: >-
  move to
  the new CRM
connection: "shop"   # the old one
tables:

  # who buys
  - table:   public.customers   # big
    columns: [ id,   'email' ,"full name" ]  # chosen by hand
    where: |
      a = 1

    masks:
        email: { mask:   redact }   # personal


  -
    table: [public, orders]
    columns:
    # keys first
    - id   # the key

    -   note
  - { table: public.flow, columns: [id, email], where: 'x' }
format: {type: csv}  # the end`;

const edit = (text: string, ...edits: PlanEdit[]) => editPlan(text, edits);
const tick = (column: string, chosen = true, entry: { namespace: string; name: string } = CUSTOMERS): PlanEdit => ({
  kind: 'column',
  entry,
  column,
  chosen,
  order: ORDER,
});

/** Lines that only one of the texts has. */
function changed(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) };
}

describe('editPlan', () => {
  it('changes the one line a ticked column is on', () => {
    expect(changed(HAND_WRITTEN, edit(HAND_WRITTEN, tick('phone')))).toEqual({
      gone: [`    columns: [ id,   'email' ,"full name" ]  # chosen by hand`],
      come: [`    columns: [ id,   'email' ,"full name", phone ]  # chosen by hand`],
    });
  });

  it('puts a column where it stands in the table', () => {
    const text = edit(HAND_WRITTEN, tick('email', false));
    expect(text).toContain(`columns: [ id ,"full name" ]  # chosen by hand`);
    expect(edit(text, tick('email'))).toContain(`columns: [ id, email ,"full name" ]  # chosen by hand`);
  });

  it('quotes a name that YAML would read as something else', () => {
    const text = edit(HAND_WRITTEN, tick('no'));
    expect(text).toContain(`"full name", "no" ]`);
  });

  it('writes the list of the others when a default column is unticked', () => {
    const text = HAND_WRITTEN.replace(/ {4}columns: \[ id.*\n/, '');
    const { plan } = parsePlan(edit(text, tick('phone', false)));
    expect(plan?.tables[0]?.columns).toEqual(['id', 'email', 'full name', 'no']);
  });

  it('refuses to untick the last column', () => {
    const only = HAND_WRITTEN.replace('[id, email]', '[id]');
    const flow = { namespace: 'public', name: 'flow' };
    expect(() => edit(only, tick('id', false, flow))).toThrow(
      expect.objectContaining({ code: 'PLAN/SELECTION_EMPTY' }),
    );
  });

  it('adds and takes lines of a block list, comments of the others kept', () => {
    const orders = { namespace: 'public', name: 'orders' };
    const text = edit(HAND_WRITTEN, tick('email', true, orders));
    expect(changed(HAND_WRITTEN, text)).toEqual({ gone: [], come: ['    - email'] });
    expect(text).toContain('    - id   # the key\n    - email\n');
    expect(changed(HAND_WRITTEN, edit(HAND_WRITTEN, tick('id', false, orders)))).toEqual({
      gone: ['    - id   # the key'],
      come: [],
    });
  });

  it('sets, changes and removes masks', () => {
    const mask = (column: string, spec: { mask: string } | null): PlanEdit => ({
      kind: 'mask',
      entry: CUSTOMERS,
      column,
      mask: spec,
    });
    expect(changed(HAND_WRITTEN, edit(HAND_WRITTEN, mask('id', { mask: 'redact' })))).toEqual({
      gone: [],
      come: ['        id: { mask: redact }'],
    });
    expect(edit(HAND_WRITTEN, mask('email', { mask: 'nullify' }))).toContain('email: { mask: nullify }   # personal');
    const bare = edit(HAND_WRITTEN, mask('email', null));
    expect(parsePlan(bare).plan?.tables[0]).not.toHaveProperty('masks');
    const flow = edit(HAND_WRITTEN, {
      ...mask('id', { mask: 'redact' }),
      entry: { namespace: 'public', name: 'flow' },
    } as PlanEdit);
    expect(flow).toContain(`where: 'x', masks: { id: { mask: redact } } }`);
  });

  it('writes the accepted digest and replaces it', () => {
    const signed = edit(HAND_WRITTEN, { kind: 'catalog', digest: DIGEST });
    expect(signed).toBe(`${HAND_WRITTEN}\ncatalog: ${DIGEST}`);
    expect(parsePlan(signed).plan?.catalog).toBe(DIGEST);
    const again = edit(signed, { kind: 'catalog', digest: DIGEST.replace('aaaa', 'bbbb') });
    expect(changed(signed, again).come).toHaveLength(1);
    expect(edit(again, { kind: 'catalog', digest: null })).toBe(HAND_WRITTEN);
  });

  it('sets a filter over a block text and takes it away', () => {
    const set = edit(HAND_WRITTEN, { kind: 'where', entry: CUSTOMERS, where: 'b = "x"' });
    expect(parsePlan(set).plan?.tables[0]).toHaveProperty('where', 'b = "x"');
    expect(set).toContain('    where: "b = \\"x\\""\n');
    const gone = edit(HAND_WRITTEN, { kind: 'where', entry: CUSTOMERS, where: null });
    expect(parsePlan(gone).plan?.tables[0]).not.toHaveProperty('where');
    expect(changed(HAND_WRITTEN, gone).come).toEqual([]);
  });

  it('adds a table at the end of the list and removes one with its lines', () => {
    const added = edit(HAND_WRITTEN, {
      kind: 'table',
      table: { namespace: 'a.b', name: 'c' },
      chosen: true,
      columns: ['id', 'x'],
    });
    expect(changed(HAND_WRITTEN, added).gone).toEqual([]);
    expect(added).toContain('  - table: [a.b, c]\n    columns:\n      - id\n      - x\nformat:');
    expect(parsePlan(added).plan?.tables[3]).toEqual({ table: ['a.b', 'c'], columns: ['id', 'x'] });
    const removed = edit(HAND_WRITTEN, {
      kind: 'table',
      table: { namespace: 'public', name: 'orders' },
      chosen: false,
    });
    expect(parsePlan(removed).plan?.tables).toHaveLength(2);
    expect(removed).toContain('# who buys');
  });

  it('fills in the purpose of a plan that has none yet', () => {
    const open = HAND_WRITTEN.replace('>-\n  move to\n  the new CRM', '""  # why');
    const text = edit(open, tick('phone'), { kind: 'purpose', purpose: 'CHG-1: "x"' });
    expect(text).toContain('purpose: "CHG-1: \\"x\\""  # why\n');
    expect(parsePlan(text).plan?.purpose).toBe('CHG-1: "x"');
  });

  it('refuses to edit what is no plan, and entries that are not there', () => {
    const refused = expect.objectContaining({ code: 'PLAN/INVALID' });
    expect(() => edit('waybill: [', tick('id'))).toThrow(refused);
    expect(() => edit(HAND_WRITTEN, tick('id', true, { namespace: 'x', name: 'y' }))).toThrow(refused);
  });

  it('keeps CRLF and a byte order mark', () => {
    const text = `\uFEFF${HAND_WRITTEN.replaceAll('\n', '\r\n')}`;
    const orders = { namespace: 'public', name: 'orders' };
    const result = edit(text, tick('phone'), tick('email', true, orders), { kind: 'catalog', digest: DIGEST });
    expect(result.startsWith('\uFEFF# our')).toBe(true);
    expect(result.replaceAll('\r\n', '')).not.toContain('\n');
    expect(edit(text, tick('phone'), tick('phone', false))).toBe(text);
  });
});

const flowList = (names: readonly string[], blank: string) => `[${blank}${names.join(`${blank},${blank} `)}${blank}]`;
const columnsAs = fc.constantFrom<(names: readonly string[], pad: string, note: string) => string>(
  (names, pad, note) => `${pad}columns: ${flowList(names, '')}${note}\n`,
  (names, pad, note) => `${pad}columns:   ${flowList(names, '  ')}${note}\n`,
  (names, pad, note) => `${pad}columns: [\n${names.map((name) => `${pad}  ${name},${note}\n`).join('')}${pad}]\n`,
  (names, pad, note) => `${pad}columns:${note}\n${names.map((name) => `${pad}-   ${name}${note}\n`).join('\n')}`,
  (names, pad, note) => `${pad}columns:\n${note}\n${names.map((name) => `${pad}    - "${name}"${note}\n`).join('')}\n`,
);
const handWritten = fc
  .record({
    columnsAs,
    note: fc.constantFrom('', ' # note', '   # a [b], {c}: "d'),
    pad: fc.constantFrom('   ', '     '),
    names: fc.subarray(['id', 'email', 'phone'], { minLength: 1 }),
    where: fc.constantFrom('', 'where: a = 1', "where:   'it''s'", 'where: "x"  # filter'),
    masks: fc.constantFrom('', 'masks: { id: { mask: redact } }', 'masks: {}', 'masks:  {id: {mask: redact},}'),
    tail: fc.constantFrom('', '\n', '\n\n# end\n'),
    crlf: fc.boolean(),
    mark: fc.constantFrom('', '\uFEFF'),
  })
  .map(({ columnsAs, note, pad, names, where, masks, tail, crlf, mark }) => {
    const dash = `${pad.slice(2).replace(/./g, ' ')}- `;
    const line = (text: string) => (text === '' ? '' : `${pad}${text}\n`);
    const entry = `${dash}table:  public.customers${note}\n${line(where)}${columnsAs(names, pad, note)}\n${line(masks)}`;
    const text = `# head\nwaybill: 1\nname: a\npurpose: "b"\nconnection: c\ntables:${note}\n${entry}format: { type: csv }${tail}`;
    return mark + (crlf ? text.replaceAll('\n', '\r\n') : text);
  });
const anyEdit: fc.Arbitrary<PlanEdit> = fc.oneof(
  fc
    .record({ column: fc.constantFrom('id', 'email', 'phone', 'no'), chosen: fc.boolean() })
    .map(({ column, chosen }) => tick(column, chosen)),
  fc.constantFrom<PlanEdit>(
    { kind: 'catalog', digest: DIGEST },
    { kind: 'catalog', digest: null },
    { kind: 'where', entry: CUSTOMERS, where: 'z > 1 # x' },
    { kind: 'where', entry: CUSTOMERS, where: null },
    { kind: 'limit', entry: CUSTOMERS, limit: 5 },
    { kind: 'limit', entry: CUSTOMERS, limit: null },
    { kind: 'mask', entry: CUSTOMERS, column: 'email', mask: { mask: 'partial', keepLast: 3 } },
    { kind: 'mask', entry: CUSTOMERS, column: 'id', mask: null },
    { kind: 'table', table: { namespace: 'x', name: 'y' }, chosen: true },
    { kind: 'table', table: { namespace: 'x', name: 'y' }, chosen: false },
  ),
);

/** Edits, without those that would leave a table without columns. */
function tryEdits(text: string, edits: readonly PlanEdit[]): string | null {
  try {
    return editPlan(text, edits);
  } catch (error) {
    expect(error).toMatchObject({ code: 'PLAN/SELECTION_EMPTY' });
    return null;
  }
}

describe('editPlan on varied hand-written plans', () => {
  it('gives the same bytes back when an edit is taken back', () => {
    fc.assert(
      fc.property(handWritten, fc.constantFrom(...ORDER), (text, column) => {
        expect(parsePlan(text).findings).toEqual([]);
        const listed = parsePlan(text).plan?.tables[0]?.columns as string[];
        const chosen = listed.includes(column);
        expect(editPlan(text, [tick(column, !chosen), tick(column, chosen)])).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same bytes back when a saved tick is unticked', () => {
    fc.assert(
      fc.property(handWritten, fc.constantFrom('full name', 'no'), (text, column) => {
        const saved = editPlan(text, [tick(column)]);
        expect(parsePlan(saved).plan?.tables[0]?.columns).toContain(column);
        expect(editPlan(saved, [tick(column, false)])).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('does what the edits say, keeps the plan valid and every comment that stands on a line of its own', () => {
    fc.assert(
      fc.property(handWritten, fc.array(anyEdit, { maxLength: 6 }), (text, edits) => {
        const result = tryEdits(text, edits);
        if (result === null) return;
        expect(parsePlan(result).findings).toEqual([]);
        expect(tryEdits(result, edits)).toBe(result);
        for (const line of text.split(/\r?\n/).filter((l) => l.startsWith('#'))) expect(result).toContain(line);
      }),
      { numRuns: 500 },
    );
  });

  it('touches nothing outside the entry', () => {
    fc.assert(
      fc.property(handWritten, (text) => {
        const result = editPlan(text, [{ kind: 'limit', entry: CUSTOMERS, limit: 7 }]);
        const ending = text.includes('\r\n') ? '\r\n' : '\n';
        const line = new RegExp(`^ +limit: 7${ending}`, 'm');
        expect(result).toMatch(line);
        expect(result.replace(line, '')).toBe(text);
      }),
    );
  });

  it('makes edits of several entries at once as it makes them one by one', () => {
    const names = ['customers', 'orders', 'lines'];
    const entryOf = (name: string) => ({ namespace: 'public', name });
    const edits = fc.array(
      fc.record({ name: fc.constantFrom(...names), edit: anyEdit }).map(({ name, edit }): PlanEdit => {
        return 'entry' in edit ? { ...edit, entry: entryOf(name) } : edit;
      }),
      { maxLength: 12 },
    );
    const three = handWritten.map((text) => {
      const entry = /tables:.*?\r?\n(.*)(?=format:)/s.exec(text)?.[1] ?? '';
      const others = names.slice(1).map((name) => entry.replace('public.customers', `public.${name}`));
      return text.replace(entry, () => entry + others.join(''));
    });
    fc.assert(
      fc.property(three, edits, (text, asked) => {
        expect(parsePlan(text).findings).toEqual([]);
        const together = tryEdits(text, asked);
        const apart = asked.reduce<string | null>((now, edit) => (now === null ? null : tryEdits(now, [edit])), text);
        if (together === null || apart === null) return;
        expect(parsePlan(together).plan).toEqual(parsePlan(apart).plan);
      }),
      { numRuns: 300 },
    );
  });

  it('masks two columns of each of a thousand tables at once', () => {
    const tables = Array.from({ length: 1_000 }, (_, at) => `  - table: public.t${at}  # ${at}\n`).join('');
    const text = `waybill: 1\nname: a\npurpose: "b"\nconnection: c\ntables:\n${tables}format: { type: csv }\n`;
    const edits = Array.from({ length: 2_000 }, (_, at): PlanEdit => {
      const entry = { namespace: 'public', name: `t${at % 1_000}` };
      return { kind: 'mask', entry, column: at < 1_000 ? 'email' : 'phone', mask: { mask: 'redact' } };
    });
    const masked = editPlan(text, edits);
    expect(masked.match(/masks: \{ email: .* phone: /g)).toHaveLength(1_000);
    expect(masked.match(/# \d+\n/g)).toHaveLength(1_000);
    const taken = edits.map((edit) => ({ ...edit, mask: null }) as PlanEdit);
    expect(editPlan(masked, taken)).toBe(text);
  }, 30_000);
});
