import * as fc from 'fast-check';
import type { Chosen } from './kernel-case.ts';

export const nullable = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 6, nil: null });
const hostile = fc.string({
  unit: fc.constantFrom(
    ...[
      '"',
      "'",
      ',',
      ';',
      '|',
      '~',
      '\\',
      '\n',
      '\r',
      '\t',
      '\b',
      '\v',
      '\f',
      ' ',
      'N',
      '.',
      '0',
      'a',
      'é',
      '§',
      '🦄',
    ],
    ...['\u0001', '\u007f', '-', ':', 'T', 'Z', 't'],
  ),
  maxLength: 40,
});
export const text = fc.oneof(
  hostile,
  fc.string({ minLength: 0, maxLength: 200 }),
  fc.constantFrom('', ' ', 'NULL', '\\N', '\\.', 'N', '0', '-', 'a'.repeat(55), 'a'.repeat(56), 'b'.repeat(63)),
  fc.constantFrom('c'.repeat(64), 'd'.repeat(119), 'e'.repeat(120), `${'f'.repeat(15)},`, `${'g'.repeat(16)}"`),
);
export const textMask = fc.constantFrom<Chosen | null>(
  ...[null, { id: 'pseudonym', options: { class: 'person.email' } }, { id: 'redact', options: {} }],
  ...[
    { id: 'redact', options: { text: 'a "quoted", text' } },
    { id: 'nullify', options: {} },
  ],
  ...[
    { id: 'partial', options: { keepLast: 4 } },
    { id: 'partial', options: { keepFirst: 1, keepLast: 1, character: '"' } },
    { id: 'partial', options: { keepFirst: 2, character: '🦄' } },
    { id: 'constant', options: { value: 'x, y' } },
    { id: 'constant', options: { value: '', replaceNull: true } },
    { id: 'pseudonym', options: { class: 'person.email', normalize: ['trim'] } },
  ],
);
export const otherMask = (value: string) =>
  fc.constantFrom<Chosen | null>(
    ...[null, null, { id: 'nullify', options: {} }, { id: 'constant', options: { value, replaceNull: true } }],
  );
export const options = fc.record(
  {
    profile: fc.constantFrom('rfc4180', 'copy-csv', 'load-data', 'bulk', 'null-word', 'all-quoted'),
    delimiter: fc.constantFrom(',', ';', '\t', '|', '§', '|~|', '--', '0', ' ', 'a'),
    quote: fc.constantFrom('"', "'", '~'),
    escape: fc.constantFrom('"', '\\', "'"),
    null: fc.constantFrom('', 'NULL', '\\N', '-', '0', 'N', 'a long text that stands for NULL'),
    lineEnding: fc.constantFrom('lf', 'crlf', 'cr', '\u001e\n', '¶'),
  },
  { requiredKeys: [] },
);
