import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { masks } from '../../src-main/masks/registry.ts';
import { canonicalTextProblem } from '../../src-main/masks/constant/canonical-text.ts';
import type { LogicalType } from '../../src-shared/model/logical-type.ts';
import { isPlainRange } from '../../src-shared/model/plain-bytes.ts';
import { CELL_ESCAPED, CELL_NULL, CELL_PLAIN, RowBatch } from '../../src-shared/model/row-batch.ts';
import { applyMask, batchColumn, keyFor, readColumn, TEXT, textOf } from '../unit/masks/apply-mask.ts';

/** Options with which each mask can be tried on text. */
const SAMPLE_OPTIONS: Readonly<Record<string, object>> = {
  pseudonym: { class: 'person.email' },
  redact: {},
  partial: { keepLast: 2 },
  nullify: {},
  constant: { value: 'constant' },
};

const OTHER_TYPES: readonly LogicalType[] = [
  { kind: 'boolean' },
  { kind: 'int', bits: 32, signed: true },
  { kind: 'decimal', precision: 10, scale: 2 },
  { kind: 'float', bits: 64 },
  { kind: 'timestamp', digits: 6, zone: 'utc' },
  { kind: 'date' },
  { kind: 'time', digits: 6, zone: 'none' },
  { kind: 'interval' },
  { kind: 'bytes', maxBytes: 4 },
  { kind: 'json' },
  { kind: 'array', of: TEXT },
];

const VALUES = [
  'ada@example.org',
  null,
  '',
  ' ',
  'a\tb\\c\n',
  'Zoe\u0308',
  'مرحبا',
  '\u{1f469}\u200d\u{1f4bb}',
  '"q",;|\'`',
  'x'.repeat(70_000),
];

it('holds one folder per mask and one line per folder', () => {
  const folder = new URL('../../src-main/masks/', import.meta.url);
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
    .map((entry) => entry.name);
  expect(masks.map((mask) => mask.id).sort()).toEqual(folders.sort());
  expect(Object.keys(SAMPLE_OPTIONS).sort()).toEqual(folders.sort());
});

describe.each(masks.map((mask) => [mask.id, mask] as const))('mask %s', (id, mask) => {
  const raw = SAMPLE_OPTIONS[id] ?? {};
  const options = mask.options.parse(raw);
  const context = keyFor('person.email');
  const column = batchColumn('subject', TEXT);
  const apply = (values: readonly (string | null)[], escaped: boolean): ReturnType<typeof applyMask> =>
    applyMask(mask, values, { options: raw, context, escaped });

  it('has a title, and a promise in known words', () => {
    expect(mask.title).not.toBe('');
    expect(['deterministic', 'constant', 'removed', 'shortened']).toContain(mask.traits.promise);
  });

  it('refuses unknown options and names each of its own', () => {
    expect(mask.options.safeParse({ ...raw, surprise: 1 }).success).toBe(false);
    const schema = z.toJSONSchema(mask.options, { io: 'input', unrepresentable: 'any' }) as {
      properties?: Record<string, { title?: string }>;
    };
    for (const property of Object.values(schema.properties ?? {})) expect(property.title ?? '').not.toBe('');
  });

  it('parses its parsed options to the same again', () => {
    expect(mask.options.parse(options)).toEqual(options);
  });

  it('keeps NULL as NULL, and makes NULLs only if it says so', () => {
    const { flags } = apply(VALUES, false);
    VALUES.forEach((value, row) => {
      const isNull = (flags[row] ?? 0) === CELL_NULL;
      expect(isNull).toBe(value === null || mask.traits.makesNull);
    });
  });

  it('masks escaped cells like plain ones and never touches other columns', () => {
    const plain = apply(VALUES, false);
    const escaped = apply(VALUES, true);
    expect(escaped.texts).toEqual(plain.texts);
    for (const result of [plain, escaped]) {
      expect(result.neighboursKept).toBe(true);
      expect(result.inside).toBe(true);
    }
  });

  it('gives no value back in clear', () => {
    const { texts } = apply(['ada@example.org', 'a\tb\\c\nd'], true);
    expect(texts).not.toContain('ada@example.org');
    expect(texts).not.toContain('a\tb\\c\nd');
  });

  it('sets exact flags', () => {
    const { flags, ranges } = apply(VALUES, true);
    for (const [row, flag] of flags.entries()) {
      if (flag === CELL_NULL) continue;
      const range = ranges[row] ?? new Uint8Array();
      expect(flag & CELL_ESCAPED).toBe(0);
      expect(flag).toBe(isPlainRange(range, 0, range.length) ? CELL_PLAIN : 0);
    }
  });

  it('gives the same for the same, whatever the batches', () => {
    const together = apply(VALUES, false).texts;
    expect(VALUES.flatMap((value) => apply([value], false).texts)).toEqual(together);
    expect(apply([], false).texts).toEqual([]);
  });

  it('writes values of the type it declares for text of every length', () => {
    for (const type of [TEXT, textOf(5), textOf(8), textOf(26), textOf(255)]) {
      const fit = mask.fit(readColumn(type), options);
      if (!fit.ok) continue;
      const max = type.kind === 'text' ? (type.maxCharacters ?? 70_000) : 0;
      const values = VALUES.map((value) => (value === null ? null : Array.from(value).slice(0, max).join('')));
      for (const text of apply(values, false).texts) {
        if (text === null) expect(fit.nullable).toBe(true);
        else expect(canonicalTextProblem(text, fit.type)).toBeNull();
      }
    }
  });

  it('says for every other type whether it fits, with a fact and a remedy where it does not', () => {
    for (const type of [...OTHER_TYPES, textOf(1)]) {
      for (const nullable of [true, false]) {
        const fit = mask.fit(readColumn(type, nullable), options);
        if (fit.ok) {
          expect(fit.nullable && !nullable).toBe(false);
          continue;
        }
        expect(fit.why.length).toBeGreaterThan(10);
        expect(fit.remedy.length).toBeGreaterThan(10);
      }
    }
  });

  it('refuses fragments unless it streams long cells', () => {
    if (mask.traits.streamsLongCells) return;
    const batch = new RowBatch({ escape: 'none', columns: [column] }, new Uint8Array(8), { cells: 1 });
    batch.fragment = true;
    const kernel = mask.kernel(column, options, context);
    expect(() => kernel.apply(batch, 0)).toThrow(expect.objectContaining({ code: 'APP/INVARIANT' }));
  });

  it('needs a key exactly if it says so', () => {
    const withoutKey = (): unknown => mask.kernel(column, options, {});
    if (mask.traits.needsKey) expect(withoutKey).toThrow(expect.objectContaining({ code: 'MASK/KEY_MISSING' }));
    else expect(withoutKey).not.toThrow();
  });
});
