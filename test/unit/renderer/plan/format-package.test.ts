import { describe, expect, it } from 'vitest';
import type { OptionFieldFacts } from '../../../../src-shared/contract/parts.ts';
import { fileLines } from '../../../../src-renderer/features/plan/format/file-lines.ts';
import { givenText, withOption } from '../../../../src-renderer/features/plan/format/format-options.ts';
import { modeOf, withDisclosed, withPackage } from '../../../../src-renderer/features/plan/package/package-options.ts';
import { stepOf } from '../../../../src-renderer/features/plan/step-ids.ts';
import { readCharacters, spellCharacters } from '../../../../src-renderer/forms/characters.ts';

const field = (property: string, change: Partial<OptionFieldFacts> = {}): OptionFieldFacts => ({
  ...{ property, title: property, kind: 'text', choices: null, required: false, fallback: null },
  ...{ usual: null, hint: null, characters: false, empty: null, secret: null },
  ...change,
});

describe('characters in a field', () => {
  it.each([
    ['\t', '\\t'],
    ['\r\n', '\\r\\n'],
    ['\x1f', '\\x1f'],
    ['\\N', '\\N'],
    ['\\', '\\'],
    ['\\t', '\\\\t'],
    ['\\x41', '\\\\x41'],
    ['\\\\', '\\\\\\'],
    [';', ';'],
  ])('%j is seen, and read back', (text, spelled) => {
    expect(spellCharacters(text)).toBe(spelled);
    expect(readCharacters(spelled)).toBe(text);
  });
});

describe('an option of the format', () => {
  it('is what the plan gives, as its file spells it', () => {
    const format = { type: 'csv', null: null, delimiter: 0, header: false, quote: '' };
    const given = { null: 'NULL', delimiter: '00' };
    expect(['null', 'delimiter', 'header', 'quote', 'escape'].map((name) => givenText(format, name, given))).toEqual([
      ...['NULL', '00', 'false', '', null],
    ]);
  });

  it('goes out of the plan where it says no more than the usual', () => {
    const header = field('header', { kind: 'switch', fallback: 'true' });
    expect(withOption({ type: 'csv' }, header, 'false')).toEqual({ type: 'csv', header: false });
    expect(withOption({ type: 'csv', header: false }, header, 'true')).toEqual({ type: 'csv' });
    const quote = field('quote', { empty: 'never quoted' });
    expect(withOption({ type: 'csv', quote: '"' }, quote, '')).toEqual({ type: 'csv', quote: '' });
    expect(withOption({ type: 'csv', quote: '' }, quote, null)).toEqual({ type: 'csv' });
    expect(withOption({ type: 'csv', delimiter: ';' }, field('delimiter'), '')).toEqual({ type: 'csv' });
  });
});

describe('lines of a file', () => {
  it('end as the file ends them', () => {
    expect(fileLines('a\r\nb\rc\n\nd')).toEqual(['a\r\n', 'b\r', 'c\n', '\n', 'd']);
    expect(fileLines('')).toEqual([]);
  });
});

describe('the package block', () => {
  it('keeps its other keys, and goes with the last of them', () => {
    expect(withPackage({ compress: 'gzip' }, { mode: '0640' })).toEqual({ compress: 'gzip', mode: '0640' });
    expect(withPackage({ compress: 'gzip' }, { compress: undefined })).toBeNull();
    expect(withDisclosed(undefined, 'sql', true)).toEqual({ disclose: ['sql'] });
    expect(withDisclosed({ disclose: ['sql'] }, 'source', true)).toEqual({ disclose: ['sql', 'source'] });
    expect(withDisclosed({ disclose: ['sql'] }, 'sql', false)).toBeNull();
    expect([undefined, { mode: '640' }].map(modeOf)).toEqual(['0600', '0640']);
  });
});

describe('findings with a place', () => {
  it('stand at the step that has it', () => {
    const code = 'PLAN/FEATURE_UNSUPPORTED';
    expect(stepOf({ code, path: ['format', 'type'] })).toBe('format');
    expect(stepOf({ code, path: ['package', 'chunk'] })).toBe('package');
    expect(stepOf({ code: 'MASK/KEY_MISSING', path: ['pseudonyms', 'key'] })).toBe('masking');
    expect(stepOf({ code, path: ['tables', 0] })).toBe('package');
  });
});
