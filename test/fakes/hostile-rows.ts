import { batchSchema } from './batch-schema.ts';

/** A table with what breaks exports: for golden files and contract suites. */
export const hostileSchema = batchSchema([
  ['id', 'int64'],
  ['name "quoted", and more', 'text'],
  ['active', 'boolean'],
  ['amount', 'decimal'],
  ['ratio', 'float64'],
  ['at', 'timestamputc'],
  ['on', 'date'],
  ['hash', 'bytes'],
  ['blob', 'rawbytes'],
  ['doc', 'json'],
  ['tags', 'array'],
]);

const base = [
  '1',
  'Ada',
  'true',
  '1.50',
  '0.1',
  '2024-02-29T23:59:59.000001Z',
  '2024-02-29',
  'ff00',
  '00ff',
  '{}',
  '{a,b}',
];

function row(changes: Readonly<Record<number, string | null>>): (string | null)[] {
  return base.map((value, index) => (index in changes ? (changes[index] ?? null) : value));
}

export const hostileRows: readonly (readonly (string | null)[])[] = [
  base,
  base.map(() => null),
  row({ 0: '9223372036854775807', 1: '', 3: '12345678901234567890.123456789', 7: '', 8: '' }),
  row({ 0: '-9223372036854775808', 1: ' blanks ', 3: 'NaN', 4: '-Infinity', 5: 'infinity', 6: '-infinity' }),
  row({ 1: 'a "quote" and \'another\'', 5: '0044-03-15T00:00:00Z BC', 6: '0044-03-15 BC' }),
  row({ 1: 'line one\nline two', 9: '{"a":\n  [1, 2.50]}', 10: '{"x,y","NULL",NULL}' }),
  row({ 1: 'carriage\rreturn', 9: '"text\\nwith \\u0041"' }),
  row({ 1: 'both\r\n', 9: ' null ' }),
  row({ 1: 'tab\there; semicolon, comma | bar', 9: '-1.0e+10' }),
  row({ 1: 'C:\\temp\\new', 9: '[[], {"k": {"k": "\\\\"}}]' }),
  row({ 1: '\\N' }),
  row({ 1: '\\.' }),
  row({ 1: 'NULL' }),
  row({ 1: 'null' }),
  row({ 1: '=1+1' }),
  row({ 1: '-12', 0: '-12', 3: '-12.5' }),
  row({ 1: '+49 30 1234' }),
  row({ 1: '@user' }),
  row({ 1: '\tindented' }),
  row({ 1: '0012345' }),
  row({ 1: '4111111111111111' }),
  row({ 1: '🦄 café naïve 配送先' }),
  row({ 1: 'שלום עולם' }),
  row({ 1: '\u0001\u0002\u001f\u007f\v\f\b' }),
  row({ 1: '\u2028 \u00a0 \ufeff' }),
  row({ 1: '"' }),
  row({ 1: '""' }),
  row({ 1: ',' }),
  row({ 1: '\n' }),
];
