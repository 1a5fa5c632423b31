import { describe, expect, it } from 'vitest';
import { oracleCsvProfile } from '../../../src-main/connectors/oracle/profile.ts';
import { csv } from '../../../src-main/formats/csv/index.ts';
import { BatchBuilder, type TextRow } from '../../fakes/batch-builder.ts';
import { batchSchema, type TypeName } from '../../fakes/batch-schema.ts';
import { testProfiles } from '../../fakes/csv-profiles.ts';
import { encodeBatches } from '../../fakes/encode-batches.ts';

const context = { profiles: testProfiles };

/** The file's bytes, without header, for columns `a`, `b`, … of these types. */
function encode(given: Record<string, unknown>, types: readonly TypeName[], rows: readonly TextRow[]): Uint8Array {
  const schema = batchSchema(types.map((type, index) => [String.fromCharCode(97 + index), type] as const));
  const options = csv.options.parse({ header: false, lineEnding: 'lf', ...given });
  return encodeBatches(csv.encoder(schema, options, context), [new BatchBuilder(schema).batch(rows)]);
}

function text(given: Record<string, unknown>, types: readonly TypeName[], rows: readonly TextRow[]): string {
  return new TextDecoder().decode(encode(given, types, rows));
}

describe('CSV values', () => {
  it('keeps a 19-digit integer and a long decimal exact', () => {
    const row = ['9223372036854775807', '0.1234567890123456789012345678901234567890'];
    expect(text({}, ['int64', 'decimal'], [row])).toBe(`${row.join(',')}\n`);
  });

  it('keeps NULL, the empty text and the text of NULL apart', () => {
    const rows = [[null], [''], ['NULL'], ['-']];
    expect(text({}, ['text'], rows)).toBe('\n""\nNULL\n-\n');
    expect(text({ null: 'NULL' }, ['text'], rows)).toBe('NULL\n""\n"NULL"\n-\n');
    expect(text({ null: '-' }, ['text'], rows)).toBe('-\n""\nNULL\n"-"\n');
  });

  it('refuses a text that equals that of NULL where the reader sees no quotes, whatever connector it comes from', () => {
    const schema = batchSchema([['a', 'text']]);
    const profiles = new Map([['oracle', oracleCsvProfile]]);
    const encoder = () => csv.encoder(schema, csv.options.parse({ profile: 'oracle' }), { profiles });
    for (const plain of [true, false]) {
      const builder = new BatchBuilder(schema, { plain });
      expect(() => encodeBatches(encoder(), [builder.batch([['x'], ['~NULL~']])])).toThrow(
        /Row 2 .*"a" equals the NULL text/,
      );
      const written = encodeBatches(encoder(), [builder.batch([[null], [''], ['~NULL'], [' ~NULL~']])]);
      expect(new TextDecoder().decode(written)).toBe('a\n~NULL~\n""\n~NULL\n" ~NULL~"\n');
    }
    expect(encoder().layout).toBeNull();
  });

  it('quotes numbers that equal the text of NULL or hold the delimiter', () => {
    expect(text({ null: '0' }, ['int32'], [['0'], ['10'], [null]])).toBe('"0"\n10\n0\n');
    expect(text({ delimiter: '.' }, ['decimal', 'int32'], [['1.5', '2']])).toBe('"1.5".2\n');
    expect(text({ delimiter: ':' }, ['time', 'text'], [['10:11:12', 'a:b']])).toBe('"10:11:12":"a:b"\n');
    expect(text({ null: 'NaN' }, ['float64'], [['NaN'], ['1e+20']])).toBe('"NaN"\n1e+20\n');
  });

  it('refuses what cannot be told apart without quotes, naming column and row', () => {
    for (const [given, value] of [
      [{ quote: '' }, ''],
      [{ quote: '', null: 'NULL' }, 'NULL'],
      [{ quote: '' }, 'a,b'],
      [{ quote: '' }, 'a\nb'],
      [{ quote: '' }, 'a\rb'],
      [{ quote: '', delimiter: '|~|' }, 'a|~'],
      [{ quote: '', escape: '\\' }, ''],
      [{ quote: '', escape: '\\', null: 'NULL' }, 'NULL'],
    ] as const) {
      expect(() =>
        encode(
          given,
          ['int32', 'text'],
          [
            ['1', 'fine'],
            ['2', value],
          ],
        ),
      ).toThrow(expect.objectContaining({ code: 'FORMAT/VALUE_UNENCODABLE', context: { column: 'b', row: 2 } }));
    }
    expect(text({ quote: '', delimiter: '|~|' }, ['text', 'text'], [['a|', '~|b']])).toBe('a||~|~|b\n');
  });

  it('guards formulas but not numbers', () => {
    const values = ['=1', '+1', '-1', '@a', '\ta', '\ra', 'a=1', '', ' =1'];
    const expected = ["'=1", "'+1", "'-1", "'@a", "'\ta", '"\'\ra"', 'a=1', '""', '" =1"'];
    const rows = values.map((value) => [value]);
    expect(text({ formulaGuard: true }, ['text'], rows)).toBe(`${expected.join('\n')}\n`);
    expect(text({ formulaGuard: true }, ['int32', 'float64'], [['-1', '-1.5e-07']])).toBe('-1,-1.5e-07\n');
    expect(text({ formulaGuard: true }, ['float64', 'interval'], [['-Infinity', '-P1D']])).toBe("'-Infinity,'-P1D\n");
    expect(text({ formulaGuard: true, quote: "'" }, ['text'], [['=1']])).toBe("'''=1'\n");
  });

  it('guards column names too', () => {
    const schema = batchSchema([['=cmd', 'text']]);
    const options = csv.options.parse({ formulaGuard: true });
    const bytes = encodeBatches(csv.encoder(schema, options, context), []);
    expect(new TextDecoder().decode(bytes)).toBe("'=cmd\r\n");
    const reader = csv.reader(schema, options, context);
    reader.push(bytes);
    expect(reader.finish()).toEqual({ records: 0 });
  });

  it('keeps digits that a spreadsheet would drop, in the profile excel', () => {
    const rows = [
      ['123456789012345', '123456789012345'],
      ['1234567890123456', '1234567890123456'],
      ['-1234567890123456', '00123'],
      ['0', '0'],
      ['1', '0.5'],
      ['1', '0123-45'],
    ];
    const kept = [
      '123456789012345,123456789012345',
      "'1234567890123456,'1234567890123456",
      "'-1234567890123456,'00123",
      '0,0',
      '1,0.5',
      '1,0123-45',
    ];
    expect(text({ profile: 'excel', bom: false }, ['int64', 'text'], rows)).toBe(`${kept.join('\n')}\n`);
  });

  it('writes bytes of both forms alike, with the prefix of the profile', () => {
    const row = ['00ff', '00ff', null, ''];
    const types = ['bytes', 'rawbytes', 'bytes', 'rawbytes'] as const;
    expect(text({}, types, [row])).toBe('00ff,00ff,,""\n');
    expect(text({ profile: 'copy-csv' }, types, [row])).toBe('\\x00ff,\\x00ff,,\\x\n');
  });

  it('writes every byte of windows-1252 as that encoding has it', () => {
    const row = ['naïve € ‘quotes’ Žižek'];
    expect(Buffer.from(encode({ encoding: 'latin1' }, ['text'], [row])).toString('hex')).toBe(
      Buffer.from('na\xefve \x80 \x91quotes\x92 \x8ei\x9eek\n', 'latin1').toString('hex'),
    );
  });

  it.each(['windows-1252', 'iso-8859-2', 'koi8-r', 'ibm866', 'windows-1253', 'macintosh'])(
    'inverts the decoder of %s for every byte it has',
    (encoding) => {
      const decoder = new TextDecoder(encoding);
      const bytes = Uint8Array.from({ length: 128 }, (_, i) => i + 128);
      const value = decoder.decode(bytes).replaceAll('\ufffd', '');
      const written = encode({ encoding, lineEnding: 'lf' }, ['text'], [[`x${value}x`]]);
      expect(decoder.decode(written)).toBe(`x${value}x\n`);
      expect(written.length).toBe(value.length + 3);
    },
  );

  it('refuses a character the encoding lacks, naming column and row, also in a name', () => {
    const rows = [
      ['1', 'fine €'],
      ['2', 'not Ω fine'],
    ];
    expect(() => encode({ encoding: 'windows-1252' }, ['int32', 'text'], rows)).toThrow(
      expect.objectContaining({ code: 'FORMAT/VALUE_UNENCODABLE', context: { column: 'b', row: 2 } }),
    );
    const schema = batchSchema([
      ['größe', 'text'],
      ['配', 'text'],
    ]);
    const encoder = csv.encoder(schema, { encoding: 'windows-1252' }, context);
    expect(() => encodeBatches(encoder, [])).toThrow(
      expect.objectContaining({ code: 'FORMAT/VALUE_UNENCODABLE', context: { column: '配', row: 0 } }),
    );
  });

  it('writes UTF-16 with surrogates and a byte order mark', () => {
    const bytes = encode({ encoding: 'utf-16be', bom: true }, ['text'], [['é🦄']]);
    expect(Buffer.from(bytes).toString('hex')).toBe('feff00e9d83edd84000a');
  });

  it('quotes a value over 1 MiB whether or not it needs it, since its first piece cannot tell', () => {
    const long = 'a'.repeat(1024 * 1024);
    expect(text({}, ['text'], [[long]])).toBe(`${long}\n`);
    expect(text({}, ['text'], [[`${long}a`]])).toBe(`"${long}a"\n`);
  });

  it('counts rows over batches and fragments when it names one', () => {
    const schema = batchSchema([
      ['a', 'text'],
      ['b', 'text'],
    ]);
    const builder = new BatchBuilder(schema);
    const encoder = csv.encoder(schema, { encoding: 'windows-1252' }, context);
    const batches = [
      builder.batch([
        ['x', 'x'],
        ['x', 'x'],
      ]),
      ...builder.fragments(['x', 'y'.repeat(2_000_000)], 900_000),
      ...builder.fragments(['x', `${'y'.repeat(1_500_000)}Ω`], 900_000),
    ];
    expect(() => encodeBatches(encoder, batches)).toThrow(
      expect.objectContaining({ code: 'FORMAT/VALUE_UNENCODABLE', context: { column: 'b', row: 4 } }),
    );
  });
});
