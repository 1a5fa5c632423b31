import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { csv } from '../../../src-main/formats/csv/index.ts';
import { batchSchema } from '../../fakes/batch-schema.ts';
import { testProfiles } from '../../fakes/csv-profiles.ts';

const context = { profiles: testProfiles };
const schema = batchSchema([
  ['id', 'int64'],
  ['note', 'text'],
]);

function read(given: Record<string, unknown>, bytes: Uint8Array): number {
  const reader = csv.reader(schema, csv.options.parse(given), context);
  reader.push(bytes);
  return reader.finish().records;
}

describe('the CSV reader', () => {
  it.each([
    ['id,note\r\n', 0],
    ['id,note\r\n1,a\r\n2,\r\n', 2],
    ['id,note\r\n,\r\n', 1],
    ['id,note\r\n1,"a\r\n""b"", c"\r\n', 1],
    ['"id","note"\r\n"1",""\r\n', 1],
  ])('counts %j', (text, records) => {
    expect(read({}, utf8(text))).toBe(records);
  });

  it.each([
    ['', 'no header'],
    ['id,other\r\n', 'another name'],
    ['note,id\r\n', 'names in another order'],
    ['id\r\n', 'a name less'],
    ['\ufeffid,note\r\n', 'a byte order mark that is not promised'],
    ['id,note\r\n1,a', 'no last line ending'],
    ['id,note\r\n1,a\r', 'half a line ending'],
    ['id,note\r\n1,a\n', 'another line ending'],
    ['id,note\r\n1,a\rb\r\n', 'a bare carriage return'],
    ['id,note\r\n1,"a\r\n', 'an open quote'],
    ['id,note\r\n1,a"b\r\n', 'a quote within a bare value'],
    ['id,note\r\n1,"a"b\r\n', 'text after a closing quote'],
    ['id,note\r\n1\r\n', 'a field less'],
    ['id,note\r\n1,a,b\r\n', 'a field more'],
    ['id,note\r\n\r\n', 'an empty line'],
  ])('refuses %j: %s', (text) => {
    expect(() => read({}, utf8(text))).toThrow(expect.objectContaining({ code: 'RUN/READ_BACK_MISMATCH' }));
  });

  it('refuses bytes that are not of the encoding', () => {
    const broken = (text: string): Uint8Array => Buffer.from(text, 'latin1');
    for (const [given, bytes] of [
      [{}, broken('id,note\r\n1,\xff\r\n')],
      [{}, broken('id,note\r\n1,\xc3\r\n')],
      [{ lineEnding: 'lf', encoding: 'windows-1253' }, broken('id,note\n1,\xd2\n')],
      [{ encoding: 'utf-16le', header: false }, Uint8Array.of(0x31, 0, 0x2c, 0, 0x00, 0xd8, 0x0d, 0, 0x0a, 0)],
      [{ encoding: 'utf-16le', header: false }, Uint8Array.of(0x31, 0, 0x2c, 0, 0x0d, 0, 0x0a)],
    ] as const) {
      expect(() => read(given, bytes)).toThrow(expect.objectContaining({ code: 'RUN/READ_BACK_MISMATCH' }));
    }
  });

  it('knows files without quotes', () => {
    const bulk = { profile: 'bulk' };
    expect(read(bulk, utf8('1|~|a "b\n\x1e\x1e\n2|~||~\x1e\n'))).toBe(2);
    expect(() => read(bulk, utf8('1|~|a\x1e\n2\x1e\n'))).toThrow(
      expect.objectContaining({ code: 'RUN/READ_BACK_MISMATCH' }),
    );
    expect(() => read(bulk, utf8('1|~|a\x1e'))).toThrow(expect.objectContaining({ code: 'RUN/READ_BACK_MISMATCH' }));
    expect(read({ profile: 'copy-text' }, utf8('id\tnote\n\\N\ta\\\tb\\\\\n'))).toBe(1);
    expect(() => read({ profile: 'copy-text' }, utf8('id\tnote\n1\ta\\'))).toThrow(
      expect.objectContaining({ code: 'RUN/READ_BACK_MISMATCH' }),
    );
  });
});
