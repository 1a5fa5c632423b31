import { describe, expect, it } from 'vitest';
import { csv } from '../../../src-main/formats/csv/index.ts';
import { resolveProfile } from '../../../src-main/formats/csv/resolve-profile.ts';
import { batchSchema } from '../../fakes/batch-schema.ts';
import { testProfiles } from '../../fakes/csv-profiles.ts';

const context = { profiles: testProfiles };
const schema = batchSchema([['id', 'int64']]);

describe('CSV options', () => {
  it.each([
    { delimiter: '"', quote: '"' },
    { delimiter: '\\', escape: '\\' },
    { delimiter: '' },
    { delimiter: 'a\nb' },
    { delimiter: '123456789' },
    { quote: '""' },
    { quote: '§' },
    { quote: '\n' },
    { quote: '"', escape: '' },
    { quote: '', escape: '/' },
    { lineEnding: '' },
    { lineEnding: ';\n', delimiter: ';' },
    { lineEnding: '"\n', quote: '"' },
    { lineEnding: '¶', delimiter: '§' },
    { null: 'a,b', delimiter: ',' },
    { null: '"', quote: '"' },
    { null: 'a\nb' },
    { null: 'x\\', escape: '\\' },
    { encoding: 'klingon' },
    { encoding: 'shift_jis' },
    { encoding: 'latin1', bom: true },
    { formulaGuard: true, delimiter: "'" },
    { header: 'yes' },
    { profil: 'excel' },
  ])('refuses %j by its schema', (given) => {
    expect(csv.options.safeParse(given).success).toBe(false);
  });

  it.each([
    { delimiter: '"' },
    { profile: 'load-data', delimiter: '\\' },
    { null: ',' },
    { profile: 'excel', encoding: 'windows-1252' },
    { profile: 'no-such-profile' },
  ])('refuses %j for what the profile says', (given) => {
    const options = csv.options.parse(given);
    expect(() => csv.encoder(schema, options, context)).toThrow(
      expect.objectContaining({ code: 'FORMAT/OPTION_INVALID' }),
    );
    expect(() => csv.describe(options, context)).toThrow(expect.objectContaining({ code: 'FORMAT/OPTION_INVALID' }));
  });

  it('puts options over the profile and names encodings by their standard name', () => {
    const options = csv.options.parse({ profile: 'load-data', lineEnding: 'crlf', encoding: 'Latin1', header: false });
    expect(resolveProfile(options, context)).toMatchObject({
      id: 'load-data',
      escape: '\\',
      null: '\\N',
      lineEnding: '\r\n',
      encoding: 'windows-1252',
      header: false,
    });
  });

  it('lets doubling follow another quote, and drops quotes where there is none', () => {
    expect(resolveProfile(csv.options.parse({ quote: "'" }), context)).toMatchObject({ quote: "'", escape: "'" });
    expect(resolveProfile(csv.options.parse({ quote: '' }), context)).toMatchObject({ escape: '', quoting: 'never' });
    const quoted = resolveProfile(csv.options.parse({ profile: 'bulk', quote: '"' }), context);
    expect(quoted).toMatchObject({ escape: '"', quoting: 'needed' });
  });

  it('describes the dialect in the words of Data Package v2', () => {
    expect(csv.describe({}, context)).toMatchObject({
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      dialect: {
        header: true,
        delimiter: ',',
        lineTerminator: '\r\n',
        quoteChar: '"',
        doubleQuote: true,
        nullSequence: '',
      },
      missingValues: [''],
    });
    expect(csv.describe({ profile: 'load-data' }, context)).toMatchObject({
      dialect: { quoteChar: '"', doubleQuote: false, escapeChar: '\\', nullSequence: '\\N' },
      missingValues: ['\\N'],
      trueValues: ['1'],
      falseValues: ['0'],
    });
    expect(csv.describe({ profile: 'excel' }, context).dialect).toMatchObject({
      waybill: { profile: 'excel', formulaGuard: true, numberGuard: true, bom: true },
    });
  });
});
