import { describe, expect, it } from 'vitest';
import { detectCatalog } from '../../../../src-main/engine/classify/detect-catalog.ts';
import { detectPersonal } from '../../../../src-main/engine/classify/detect-personal.ts';
import { PERSONAL_RULES } from '../../../../src-main/engine/classify/rules.ts';
import { wordsOf } from '../../../../src-main/engine/classify/column-words.ts';
import { masks } from '../../../../src-main/masks/registry.ts';
import type { CatalogTable } from '../../../../src-shared/model/catalog.ts';
import { TYPES } from '../../../fakes/batch-schema.ts';
import { OTHERS, PERSONAL, type LabelledColumn } from './corpus.ts';

function detect([table, name, type]: LabelledColumn): ReturnType<typeof detectPersonal> {
  return detectPersonal({ namespace: 'public', name: table }, { name, type: TYPES[type], nullable: true });
}

describe('the labelled columns', () => {
  it.each(PERSONAL)('%s.%s (%s) is %s', (...labelled) => {
    expect(detect(labelled)?.category ?? null).toBe(labelled[3]);
  });

  it.each(OTHERS)('%s.%s (%s) is nothing personal', (...labelled) => {
    expect(detect(labelled)).toBeNull();
  });

  it('are at least 120, cover at least 12 categories, and hold each category the rules know', () => {
    expect(PERSONAL.length + OTHERS.length).toBeGreaterThanOrEqual(120);
    const labelled = new Set(PERSONAL.map(([, , , category]) => category).filter((category) => category !== null));
    expect(labelled.size).toBeGreaterThanOrEqual(12);
    expect(labelled).toEqual(new Set(PERSONAL_RULES.map(({ category }) => category)));
  });
});

it('gives each result a class, a confidence and its reason in words', () => {
  for (const labelled of PERSONAL.filter(([, , , category]) => category !== null)) {
    const found = detect(labelled);
    expect(found?.class).toMatch(/^person\.[a-z-]+$/);
    expect(['high', 'medium', 'low']).toContain(found?.confidence);
    expect(found?.reason).toMatch(/^its name (says|ends in) ".+/);
  }
});

it('names the language a word was known in', () => {
  expect(detect(['clientes', 'teléfono', 'text', 'phone'])?.reason).toContain('Spanish');
  expect(detect(['kunden', 'Geburtsdatum', 'date', 'birth'])?.reason).toContain('German');
});

it('says nothing of a column whose type it does not know or that cannot hold such a value', () => {
  const table = { namespace: 'public', name: 'customers' };
  expect(detectPersonal(table, { name: 'email', type: null, nullable: true })).toBeNull();
  expect(detectPersonal(table, { name: 'email', type: TYPES.boolean, nullable: true })).toBeNull();
  expect(detectPersonal(table, { name: 'birth_date', type: TYPES.boolean, nullable: true })).toBeNull();
});

it('has words of all five languages in every general category', () => {
  for (const category of ['name', 'email', 'phone', 'address', 'birth', 'national-id', 'bank-account', 'health']) {
    const languages = PERSONAL_RULES.filter((rule) => rule.category === category).flatMap((rule) =>
      Object.keys(rule.words),
    );
    expect(new Set(languages), category).toEqual(new Set(['en', 'de', 'fr', 'es', 'it']));
  }
});

it('suggests for every category and type a mask that the column can take', () => {
  const byId = new Map(masks.map((mask) => [mask.id, mask]));
  const lengths = [null, 255, 36, 26, 25, 8, 7, 1].map((maxCharacters) => ({ kind: 'text', maxCharacters }) as const);
  for (const rule of PERSONAL_RULES) {
    const name = Object.values(rule.words)[0]?.[0]?.replace('{person}', 'customer') ?? '';
    for (const type of [...Object.values(TYPES), ...lengths]) {
      for (const nullable of [true, false]) {
        const column = { name, type, nullable, nativeType: 'native' };
        const found = detectPersonal({ namespace: 'public', name: 'customers' }, column);
        if (found === null || (type.kind === 'array' && !nullable)) continue;
        const { mask: id, ...raw } = found.suggestion;
        const mask = byId.get(id);
        const fit = mask?.fit(column, mask.options.parse(raw));
        expect(fit, `${rule.category} ${JSON.stringify(column)} ${JSON.stringify(found.suggestion)}`).toMatchObject({
          ok: true,
        });
      }
    }
  }
});

it('keeps what is worth keeping: equality of an email, the end of a phone number', () => {
  expect(detect(['customers', 'email', 'text', 'email'])?.suggestion).toEqual({
    mask: 'pseudonym',
    class: 'person.email',
  });
  expect(detect(['customers', 'phone', 'text', 'phone'])?.suggestion).toEqual({ mask: 'partial', keepLast: 4 });
  expect(detect(['customers', 'full_name', 'text', 'name'])?.suggestion).toEqual({ mask: 'redact' });
});

it('takes names apart at case, digits and any separator, without diacritics', () => {
  expect(wordsOf('birthDate')).toEqual(['birth', 'date']);
  expect(wordsOf('IPAddress2')).toEqual(['ip', 'address', '2']);
  expect(wordsOf('  Straßen-Name.alt')).toEqual(['strassen', 'name', 'alt']);
  expect(wordsOf('pre\u0301nom')).toEqual(['prenom']);
  expect(wordsOf('')).toEqual([]);
  expect(wordsOf('___')).toEqual([]);
});

it('goes through a catalog in its order', () => {
  const column = (name: string): CatalogTable['columns'][number] => ({
    name,
    nativeType: 'x',
    nullable: true,
    type: TYPES.text,
  });
  const table = (name: string, columns: readonly string[]): CatalogTable => ({
    namespace: 'public',
    name,
    kind: 'table',
    columns: columns.map(column),
    primaryKey: [],
    foreignKeys: [],
    estimatedRows: null,
    estimatedBytes: null,
  });
  const tables = [
    table('customers', ['id', 'email', 'phone']),
    table('products', ['name', 'sku']),
    table('logs', ['client_ip']),
  ];
  const catalog = { product: 'p', version: '1', namespaces: [{ name: 'public', tables }] };
  expect(detectCatalog(catalog).map(({ table, column }) => `${table.name}.${column.name}`)).toEqual([
    'customers.email',
    'customers.phone',
    'logs.client_ip',
  ]);
});
