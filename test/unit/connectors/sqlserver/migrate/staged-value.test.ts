// What bcp reads of our files and load.sql makes of it, by the letter of the documentation of both.
import { describe, expect, it } from 'vitest';
import { stagedValue } from '../../../../../src-main/connectors/sqlserver/staged-value.ts';
import { sqlserverCsvProfile } from '../../../../../src-main/connectors/sqlserver/profile.ts';
import { csv } from '../../../../../src-main/formats/csv/index.ts';
import { BatchBuilder, type TextRow } from '../../../../fakes/batch-builder.ts';
import { batchSchema, type TypeName } from '../../../../fakes/batch-schema.ts';
import { encodeBatches } from '../../../../fakes/encode-batches.ts';
import { schemaColumn, TEXT } from '../../schema-builder.ts';

const context = { profiles: new Map([['sqlserver', sqlserverCsvProfile]]) };

function file(types: readonly TypeName[], rows: readonly TextRow[]): Uint8Array {
  const schema = batchSchema(types.map((type, at) => [`c\t${at}`, type] as const));
  const options = csv.options.parse({ profile: 'sqlserver' });
  return encodeBatches(csv.encoder(schema, options, context), [new BatchBuilder(schema).batch(rows)]);
}

/** `bcp … -w -F 2 -k`: rows end in CR LF, fields in a tab, the first row is skipped, an empty field is NULL. */
function bcp(bytes: Uint8Array): readonly (string | null)[][] {
  const rows = new TextDecoder('utf-16le').decode(bytes).split('\r\n');
  expect(rows.pop()).toBe('');
  return rows.slice(1).map((row) => row.split('\t').map((field) => (field === '' ? null : field)));
}

/** The expression, as the server computes it. */
function computed(expression: string, field: string | null): string | null {
  const [, nullText = ''] = /^CASE WHEN c0 = N'(.*?)' THEN NULL ELSE REPLACE/.exec(expression) ?? [];
  const steps = [...expression.matchAll(/, N'([^']*)', (?:N'([^']*)'|NCHAR\((\d+)\))\)/g)];
  expect(steps).toHaveLength(5);
  if (field === nullText) return null;
  return steps.reduce(
    (text, [, from = '', to = '', code]) =>
      text.replaceAll(from, () => (code === undefined ? to : String.fromCharCode(Number(code)))),
    field ?? '',
  );
}

const HOSTILE = [
  ...[null, '', ' ', 'plain', '\\N', 'NULL', '\\', '\\\\', '\\t', '\t', '\\\t', '\r\n', '\\\r\\n\n', '\\0', '\\\\0'],
  ...['a\tb\\', '🦄 naïve 配送先', '"quoted", it\'s', '=1+1', '\u0001\u2028', ' \\N', '\\N '],
];

describe('texts by way of bcp', () => {
  it('are the same again, whatever they hold', () => {
    const expression = stagedValue({ ...schemaColumn('t', TEXT), as: 't' }, 'c0', { own: false, keyBytes: null });
    const read = bcp(
      file(
        ['text', 'text'],
        HOSTILE.map((text) => [text, 'x']),
      ),
    );
    expect(read.map(([field = null]) => computed(expression, field))).toEqual(HOSTILE);
  });

  it('are the same again for every two of such characters side by side', () => {
    const letters = ['\\', 't', 'n', 'N', '0', '\t', '\r', '\n', 'x'];
    const texts = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
    const expression = stagedValue({ ...schemaColumn('t', TEXT), as: 't' }, 'c0', { own: false, keyBytes: null });
    const read = bcp(
      file(
        ['text'],
        texts.map((text) => [text]),
      ),
    );
    expect(read.map(([field = null]) => computed(expression, field))).toEqual(texts);
  });

  it('end the run at a NUL character', () => {
    expect(() => file(['text'], [['a\0b']])).toThrow(/NUL character/);
  });

  it('spells booleans, bytes and moments as the server converts them', () => {
    expect(bcp(file(['boolean', 'bytes', 'timestamp'], [['true', '', '2024-02-29T12:00:00']]))).toEqual([
      ['1', '0x', '2024-02-29T12:00:00'],
    ]);
  });
});
