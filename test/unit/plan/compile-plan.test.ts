import { describe, expect, it } from 'vitest';
import { brief, catalogOf, column, compile, foreignKey, HEAD, INT, table, TEXT } from './plan-builder.ts';

const ORDERS = `${HEAD}tables:\n  - table: public.orders\n    columns: [id, note]\n`;
const names = (text: string, more = {}) => compile(text, more).compiled?.tables.map(({ name }) => name);
const found = (text: string, more = {}) => brief(compile(text, more).findings);
const ACCEPT = { accept: 'unsigned' } as const;

describe('compilePlan: selection', () => {
  it('resolves a literal table with its columns in the listed order', () => {
    const { compiled, findings } = compile(`${HEAD}tables:\n  - table: public.orders\n    columns: [note, id]\n`);
    expect(findings).toEqual([]);
    expect(compiled?.tables[0]).toMatchObject({
      name: 'public.orders',
      table: ['public', 'orders'],
      stem: 'public.orders',
      order: 'physical',
      masks: [null, null],
      read: { columns: [{ name: 'note' }, { name: 'id', nullable: false }], where: null, limit: null, params: {} },
    });
  });

  it('takes all columns in table order by default', () => {
    const { compiled } = compile(`${HEAD}tables:\n  - table: sales.orders\n`, ACCEPT);
    expect(compiled?.tables[0]?.read.columns.map(({ name }) => name)).toEqual(['id', 'total']);
  });

  it('resolves globs in catalog order and takes what is excluded out', () => {
    const text = `${HEAD}tables:\n  - table: "*.orders"\n  - table: public.t*\n`;
    expect(names(text, ACCEPT)).toEqual(['public.orders', 'sales.orders', 'public.tmp_load']);
    expect(names(`${text}exclude: [sales.*]\n`, ACCEPT)).toEqual(['public.orders', 'public.tmp_load']);
  });

  it('lets a table have an entry of its own beside a glob once it is excluded from it', () => {
    const own = 'tables:\n  - table: "*.orders"\n  - table: sales.orders\n    columns: [id]\n';
    expect(found(HEAD + own, ACCEPT)).toEqual(['error PLAN/INVALID 8:12']);
    expect(names(`${HEAD}${own}exclude: [sales.orders]\n`, ACCEPT)).toEqual(['public.orders', 'sales.orders']);
  });

  it.each([
    ['a table twice', `${ORDERS}  - table: [public, orders]\n    columns: [id]\n`, 'error PLAN/INVALID 9:12'],
    ['an unknown table', `${HEAD}tables:\n  - table: public.order\n`, 'error PLAN/TABLE_ABSENT 7:12'],
    ['a table in other case', `${HEAD}tables:\n  - table: public.Orders\n`, 'error PLAN/TABLE_ABSENT 7:12'],
    ['a glob that matches nothing', `${HEAD}tables:\n  - table: nowhere.*\n`, 'error PLAN/TABLE_ABSENT 7:12'],
    ['a table without namespace', `${HEAD}tables:\n  - table: orders\n`, 'error PLAN/INVALID 7:12'],
    [
      'an unknown column',
      `${HEAD}tables:\n  - table: public.orders\n    columns: [id, nota]\n`,
      'error PLAN/COLUMN_ABSENT 8:19',
    ],
    ['a column twice', `${HEAD}tables:\n  - table: public.orders\n    columns: [id, id]\n`, 'error PLAN/INVALID 8:19'],
    ['an unknown order column', `${ORDERS}    orderBy: [id, when desc]\n`, 'error PLAN/COLUMN_ABSENT 9:19'],
    [
      'a type nobody can carry',
      `${HEAD}tables:\n  - table: public.customers\n    columns: [id, shape]\n`,
      'error SOURCE/TYPE_UNMAPPED 8:19',
    ],
    ['no table at all', `${HEAD}tables: []\n`, 'error PLAN/SELECTION_EMPTY 6:1'],
    [
      'a glob excluded whole',
      `${HEAD}tables:\n  - table: sales.*\nexclude: ["*.*"]\n`,
      'error PLAN/SELECTION_EMPTY 7:12',
    ],
    ['a table named and excluded', `${ORDERS}exclude: [public.orders]\n`, 'error PLAN/INVALID 7:12'],
    ['an exclude for nothing', `${ORDERS}exclude: [public.zzz]\n`, 'warning PLAN/TABLE_ABSENT 9:11'],
  ])('points at %s', (_what, text, expected) => {
    expect(found(text, ACCEPT)).toEqual([expected]);
  });

  it('names the nearest table and column', () => {
    expect(compile(`${HEAD}tables:\n  - table: public.order\n`).findings[0]?.remedy).toContain('public.orders');
    expect(compile(`${ORDERS}    orderBy: [nota]\n`).findings[0]?.remedy).toContain('note');
  });

  it('orders as asked, a direction and an odd name included', () => {
    const catalog = catalogOf([table('s.t', [column('id', INT), column('id desc', INT)])]);
    const text = `${HEAD}tables:\n  - table: s.t\n    columns: [id]\n    orderBy: [id desc, id DESC, id]\n`;
    const [compiled] = compile(text, { catalog }).compiled?.tables ?? [];
    expect(compiled?.order).toBe('orderBy');
    expect(compiled?.read.orderBy).toEqual([
      { column: 'id desc', descending: false },
      { column: 'id', descending: true },
      { column: 'id', descending: false },
    ]);
  });

  it('keeps only what --only names and refuses a name it does not know', () => {
    const text = `${HEAD}tables:\n  - table: "*.orders"\n`;
    expect(names(text, { ...ACCEPT, only: ['sales.orders'] })).toEqual(['sales.orders']);
    expect(names(text, { ...ACCEPT, only: ['p*'] })).toEqual(['public.orders']);
    expect(found(text, { ...ACCEPT, only: ['sales.order'] })).toEqual(['error PLAN/TABLE_ABSENT 6:1']);
  });

  it('gives distinct file names to tables that differ in case only', () => {
    const catalog = catalogOf([table('s.a', [column('id', INT)]), table('s.A', [column('id', INT)])]);
    const { compiled } = compile(`${HEAD}tables:\n  - table: s.*\n`, { ...ACCEPT, catalog });
    expect(compiled?.tables.map(({ stem }) => stem)).toEqual(['s.a', 's.A~2']);
  });
});

describe('compilePlan: tables that are not what they seem', () => {
  const catalog = catalogOf([
    table('s.kept', [column('id', INT), column('name')], {
      withheld: [{ words: 'Rows are hidden.' }, { words: 'The server masks name.', columns: ['name'] }],
    }),
    table('s.parent', [column('id', INT)], { includes: [{ namespace: 's', name: 'heir' }] }),
    table('s.heir', [column('id', INT)]),
  ]);
  const warned = (tables: string) =>
    compile(`${HEAD}tables: [${tables}]\n`, { ...ACCEPT, catalog }).findings.map(({ code, message }) => [
      code,
      message,
    ]);

  it('warns of what this login is not shown, of columns where they are chosen', () => {
    expect(warned('{ table: s.kept }')).toEqual([
      ['SOURCE/PARTLY_SEEN', 's.kept: Rows are hidden.'],
      ['SOURCE/PARTLY_SEEN', 's.kept: The server masks name.'],
    ]);
    expect(warned('{ table: s.kept, columns: [id] }')).toEqual([['SOURCE/PARTLY_SEEN', 's.kept: Rows are hidden.']]);
  });

  it('warns of rows that would go out twice, and only where both are chosen', () => {
    expect(warned('{ table: s.parent }, { table: s.heir }')).toEqual([
      [
        'PLAN/ROWS_TWICE',
        's.parent: the rows of s.heir are read with it, and go out a second time as tables of their own.',
      ],
    ]);
    expect(warned('{ table: s.parent }')).toEqual([]);
  });
});

describe('compilePlan: masks', () => {
  const customers = (masks: string, columns = '[id, email]') =>
    `${HEAD}tables:\n  - table: public.customers\n    columns: ${columns}\n    masks:\n      ${masks}\n`;

  it('binds masks to their columns with parsed options and the type they give out', () => {
    const { compiled } = compile(customers('email: { mask: partial }'));
    expect(compiled?.tables[0]?.masks).toEqual([null, { id: 'partial', options: { keepLast: 2 } }]);
    expect(compiled?.tables[0]?.outputColumns[1]?.type).toEqual(TEXT);
  });

  it('takes the column name as class where a mask with a key has none', () => {
    const { compiled } = compile(customers('email: { mask: pseudonym }'));
    expect(compiled?.tables[0]?.masks[1]).toEqual({
      id: 'pseudonym',
      options: { class: 'email' },
      class: 'email',
    });
    expect(compiled?.pseudonyms).toEqual({ key: null, domain: 'shop' });
    expect(compile(ORDERS).compiled?.pseudonyms).toBeNull();
  });

  it('takes text options by their source text', () => {
    const { compiled } = compile(customers('email: { mask: constant, value: 007 }'));
    expect(compiled?.tables[0]?.masks[1]).toEqual({ id: 'constant', options: { value: '007' } });
  });

  it.each([
    ['an unknown mask', customers('email: { mask: redcat }'), 'error PLAN/ADAPTER_UNKNOWN 10:22'],
    ['an unknown option', customers('email: { mask: partial, keepLats: 3 }'), 'error MASK/OPTION_INVALID 10:31'],
    [
      'an unknown option of a mask with none',
      customers('email: { mask: pseudonym, keep: 3 }'),
      'error MASK/OPTION_INVALID 10:33',
    ],
    ['a wrong option', customers('email: { mask: partial, keepLast: -3 }'), 'error MASK/OPTION_INVALID 10:41'],
    ['a class the mask refuses', customers('email: { mask: pseudonym, class: E9 }'), 'error MASK/OPTION_INVALID 10:40'],
    ['a mask that does not fit', customers('id: { mask: redact }'), 'error PLAN/MASK_UNFIT 10:11'],
    ['a mask for an unknown column', customers('emial: { mask: redact }'), 'error PLAN/COLUMN_ABSENT 10:7'],
    ['a mask for a column not chosen', customers('full_name: { mask: redact }'), 'error PLAN/INVALID 10:7'],
  ])('points at %s', (_what, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it('applies masks under a glob to every matched table that has the column', () => {
    const text = `${HEAD}tables:\n  - table: "*.orders"\n    masks:\n      note: { mask: redact }\n`;
    const { compiled } = compile(text, ACCEPT);
    expect(compiled?.tables.map(({ masks }) => masks.map((mask) => mask?.id ?? '-').join(' '))).toEqual([
      '- - redact',
      '- -',
    ]);
  });

  it('refuses a mask under a glob that applies nowhere', () => {
    const text = `${HEAD}tables:\n  - table: "*.orders"\n    masks:\n      notes: { mask: redact }\n`;
    expect(found(text, ACCEPT)).toEqual(['error PLAN/COLUMN_ABSENT 9:7']);
  });

  it('is not misled by columns named like properties of objects', () => {
    const catalog = catalogOf([table('s.t', [column('id', INT), column('constructor'), column('toString')])]);
    const text = `${HEAD}tables:\n  - table: s.t\n    columns: [constructor, toString]\n    masks: { toString: { mask: redact } }\n`;
    expect(compile(text, { catalog }).compiled?.tables[0]?.masks).toEqual([null, { id: 'redact', options: {} }]);
  });

  it('warns of columns that look personal and go out unmasked', () => {
    const detect = (_table: unknown, { name }: { name: string }) =>
      name === 'email' ? { class: 'person.email', reason: 'its name', suggestion: { mask: 'redact' } } : null;
    expect(found(customers('id: { mask: pseudonym }'), { detect })).toEqual(['warning PLAN/COLUMN_UNMASKED 8:19']);
    expect(found(customers('email: { mask: redact }'), { detect })).toEqual([]);
  });
});

describe('compilePlan: foreign keys', () => {
  const both = (child: string, parent: string) =>
    `${HEAD}tables:
  - table: public.orders
    columns: [id, customer_id]
    masks: { ${child} }
  - table: public.customers
    columns: [id]
    masks: { ${parent} }
`;

  it.each([
    ['an unmasked other end', both('customer_id: { mask: pseudonym, class: c }', ''), 'error PLAN/MASK_UNFIT 9:27'],
    ['an unmasked near end', both('', 'id: { mask: pseudonym, class: c }'), 'error PLAN/MASK_UNFIT 12:18'],
    [
      'another class',
      both('customer_id: { mask: pseudonym, class: c }', 'id: { mask: pseudonym, class: d }'),
      'error PLAN/MASK_UNFIT 9:27',
    ],
    [
      'other options',
      both('customer_id: { mask: pseudonym, class: c }', 'id: { mask: pseudonym, class: c, normalize: trim }'),
      'error PLAN/MASK_UNFIT 9:27',
    ],
  ])('refuses %s', (_what, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it('takes both ends masked alike, or neither', () => {
    expect(found(both('customer_id: { mask: pseudonym, class: c }', 'id: { mask: pseudonym, class: c }'))).toEqual([]);
    expect(found(both('', ''))).toEqual([]);
  });

  it('does not mind an end that is not in the plan', () => {
    const text = `${HEAD}tables:\n  - table: public.orders\n    columns: [customer_id]\n    masks: { customer_id: { mask: pseudonym } }\n`;
    expect(found(text)).toEqual([]);
  });

  it('sees a key into the same table', () => {
    const tree = table('s.t', [column('id', INT), column('parent', INT)], {
      foreignKeys: [foreignKey('parent', 's.t', 'id')],
    });
    const text = `${HEAD}tables:\n  - table: s.t\n    columns: [id, parent]\n    masks: { parent: { mask: pseudonym } }\n`;
    expect(found(text, { catalog: catalogOf([tree]) })).toEqual(['error PLAN/MASK_UNFIT 9:22']);
  });
});
