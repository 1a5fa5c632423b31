import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { ndjson } from '../../../src-main/formats/ndjson/index.ts';
import { JsonCheck } from '../../../src-shared/model/json-check.ts';
import { BatchBuilder, type TextRow } from '../../fakes/batch-builder.ts';
import { batchSchema, type TypeName } from '../../fakes/batch-schema.ts';
import { encodeBatches } from '../../fakes/encode-batches.ts';

const context = { profiles: new Map() };

function encode(given: Record<string, unknown>, types: readonly TypeName[], rows: readonly TextRow[]): string {
  const schema = batchSchema(types.map((type, index) => [String.fromCharCode(97 + index), type] as const));
  const options = ndjson.options.parse(given);
  const batch = new BatchBuilder(schema, { escaped: rows.length % 2 === 0 }).batch(rows);
  return new TextDecoder().decode(encodeBatches(ndjson.encoder(schema, options, context), [batch]));
}

/** What JSON text is, by the platform's own parser. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return false;
  }
}

function checks(text: string, cut = text.length): boolean {
  const check = new JsonCheck();
  check.begin();
  const bytes = utf8(text);
  const to = new Uint8Array(bytes.length);
  const middle = check.copy(bytes.subarray(0, cut), to, 0);
  return middle >= 0 && check.copy(bytes.subarray(cut), to, middle) >= 0 && check.isWhole();
}

describe('NDJSON', () => {
  it('writes numbers with all their digits, or as strings where asked', () => {
    const types = ['int64', 'decimal', 'money', 'int32', 'float64'] as const;
    const row = ['9223372036854775807', '0.12345678901234567890', '1.50', '-7', '1e+300'];
    expect(encode({}, types, [row])).toBe(
      '{"a":9223372036854775807,"b":0.12345678901234567890,"c":1.50,"d":-7,"e":1e+300}\n',
    );
    expect(encode({ bigNumbers: 'string' }, types, [row])).toBe(
      '{"a":"9223372036854775807","b":"0.12345678901234567890","c":1.50,"d":-7,"e":1e+300}\n',
    );
  });

  it('writes what JSON has no number for as strings, and refuses what is no number', () => {
    expect(encode({}, ['float64', 'decimal'], [['NaN', '-Infinity']])).toBe('{"a":"NaN","b":"-Infinity"}\n');
    for (const value of ['007', '1.', '.5', '1e', '+1', '', 'x', '0x10', '-', 'Infinity ', '1 ']) {
      expect(() => encode({}, ['int32', 'float64'], [['1', value]])).toThrow(
        expect.objectContaining({ code: 'FORMAT/VALUE_UNENCODABLE', context: { column: 'b', row: 1 } }),
      );
    }
  });

  it('writes bytes as hex or base64, whatever form they come in', () => {
    const rows = ['', 'ff', 'ff00', 'ff0080', '00010203'].map((hex) => [hex, hex]);
    for (const [bytes, of] of [
      ['hex', (hex: string) => hex],
      ['base64', (hex: string) => Buffer.from(hex, 'hex').toString('base64')],
    ] as const) {
      const lines = rows.map(([hex = '']) => `{"a":"${of(hex)}","b":"${of(hex)}"}\n`);
      expect(encode({ bytes }, ['bytes', 'rawbytes'], rows)).toBe(lines.join(''));
    }
  });

  it('keeps a JSON value on its line and everything in it', () => {
    expect(encode({}, ['json'], [['{\n "a":\r\n [1.10, "x\\ny"]\n}']])).toBe('{"a":{  "a":   [1.10, "x\\ny"] }}\n');
    for (const value of ['', '{', '[1,]', '{"a"}', '"a\nb"', 'nul', '01', '1 2', '[1}', '{"a":1,}', "'a'", '"\\x"']) {
      expect(() => encode({}, ['json'], [[value]])).toThrow(
        expect.objectContaining({ code: 'FORMAT/VALUE_UNENCODABLE', context: { column: 'a', row: 1 } }),
      );
    }
  });

  it('refuses two columns of one name', () => {
    const schema = batchSchema([
      ['a', 'text'],
      ['a', 'int32'],
    ]);
    const options = ndjson.options.parse({});
    expect(() => ndjson.encoder(schema, options, context)).toThrow(
      expect.objectContaining({ code: 'FORMAT/OPTION_INVALID' }),
    );
  });

  it('gives lines that parse to the same texts', () => {
    const unit = fc.constantFrom('"', '\\', '/', '\n', '\r', '\t', '\0', '\x1f', '\x7f', '\u2028', 'é', '🦄', 'a', ' ');
    const cell = fc.option(fc.string({ unit, maxLength: 20 }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
        const text = encode({}, ['text', 'array'], rows);
        const lines = text.split('\n');
        expect(lines.pop()).toBe('');
        expect(lines.map((line) => Object.values(JSON.parse(line) as object))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('checks JSON exactly as the platform does, cut anywhere', () => {
    const token = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"\\u00e9\\n"',
        '"\\u00"',
        'true',
        'null',
        'fals',
        '0',
        '-1.5e+3',
        '1.',
        '01',
        '-',
        ' ',
        '\n',
        '\t',
        '"',
        '\\',
      ],
    );
    const mixed = fc.oneof(
      fc.json(),
      fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join('')),
      fc.tuple(fc.json(), fc.nat(20), token).map(([json, at, what]) => json.slice(0, at) + what + json.slice(at)),
    );
    fc.assert(
      fc.property(mixed, fc.nat(30), (text, cut) => {
        expect(checks(text, Math.min(cut, utf8(text).length))).toBe(isJson(text));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the NDJSON reader', () => {
  const schema = batchSchema([
    ['id', 'int64'],
    ['x "y"', 'json'],
  ]);

  function read(text: string): number {
    const reader = ndjson.reader(schema, ndjson.options.parse({}), context);
    for (const byte of utf8(text)) reader.push(Uint8Array.of(byte));
    return reader.finish().records;
  }

  it('counts lines', () => {
    expect(read('')).toBe(0);
    expect(read('{"id":1,"x \\"y\\"":null}\n{"id":"2","x \\"y\\"": {"a":["}",{}]} }\n')).toBe(2);
  });

  it.each([
    '{"id":1,"x \\"y\\"":2}',
    '{"id":1}\n',
    '{"id":1,"x \\"y\\"":2,"z":3}\n',
    '{"x \\"y\\"":2,"id":1}\n',
    '{"id":1,"x \\"y\\"":}\n',
    '{"id":1,"x \\"y\\"":2}}\n',
    '{"id":1,"x \\"y\\"":[2}\n',
    '{"id":1,"x \\"y\\"":[2\n]}\n',
    '{"id":1,"x \\"y\\"":"2\n"}\n',
    '{"id":1,"x \\"y\\"":"2}\n',
    '{"id":1,"x \\"y\\"":2 3}\n',
    '\n',
    '{"id":1,"x \\"y\\"":2}\n\n',
    '{"id":1,"x \\"y\\"":2}\r\n',
  ])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'RUN/READ_BACK_MISMATCH' }));
  });
});
