import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { encodingName } from '../kit/text-encoding.ts';

/** What is known of a profile: options alone, or options over a profile. */
export type KnownProfile = {
  readonly [Key in 'delimiter' | 'quote' | 'escape' | 'null' | 'lineEnding' | 'encoding' | 'bom' | 'formulaGuard']?:
    CsvProfile[Key] | undefined;
};

export interface Contradiction {
  readonly path: keyof KnownProfile;
  /** What follows the option's name in a sentence: `must differ from the quote`. */
  readonly message: string;
}

/** Longest delimiter and line ending, in characters. */
const MAX_SEPARATOR = 8;

/** Why a file with these properties could not be written so that it can be read again. Pure; unknown properties pass. */
export function findContradictions(known: KnownProfile): Contradiction[] {
  return [...shapes(known), ...clashes(known), ...guards(known), ...encodings(known)];
}

function* shapes(known: KnownProfile): Generator<Contradiction> {
  for (const path of ['delimiter', 'lineEnding'] as const) {
    const text = known[path];
    if (text === undefined) continue;
    if (text === '' || text.length > MAX_SEPARATOR || !text.isWellFormed()) {
      yield { path, message: `must have 1 to ${MAX_SEPARATOR} characters` };
    }
  }
  if (known.delimiter !== undefined && /[\r\n]/.test(known.delimiter)) {
    yield { path: 'delimiter', message: 'must not hold a line break' };
  }
  for (const path of ['quote', 'escape'] as const) {
    const text = known[path];
    if (text !== undefined && !/^[\x01-\x09\x0b\x0c\x0e-\x7f]?$/.test(text)) {
      yield { path, message: 'must be empty or one ASCII character other than a line break' };
    }
  }
  if (known.quote === '' && known.escape !== undefined && known.escape !== '' && known.escape !== '\\') {
    yield { path: 'escape', message: 'must be empty or a backslash where there is no quote' };
  }
  if (known.quote !== undefined && known.quote !== '' && known.escape === '') {
    yield {
      path: 'escape',
      message: 'must not be empty where there is a quote: it is the quote itself or another character',
    };
  }
  if (known.null !== undefined && !known.null.isWellFormed()) {
    yield { path: 'null', message: 'must be well-formed Unicode' };
  }
}

function* clashes(known: KnownProfile): Generator<Contradiction> {
  const { delimiter, quote, escape, lineEnding } = known;
  const nullText = known.null;
  if (shares(delimiter, quote)) yield { path: 'delimiter', message: 'must differ from the quote' };
  if (shares(delimiter, escape)) yield { path: 'delimiter', message: 'must differ from the escape' };
  if (shares(lineEnding, delimiter))
    yield { path: 'lineEnding', message: 'must share no character with the delimiter' };
  else if (beginsAlike(lineEnding, delimiter)) {
    yield { path: 'lineEnding', message: 'must begin with another byte than the delimiter' };
  }
  if (shares(lineEnding, quote)) yield { path: 'lineEnding', message: 'must share no character with the quote' };
  if (shares(lineEnding, escape)) yield { path: 'lineEnding', message: 'must share no character with the escape' };
  for (const [other, words] of [
    [delimiter, 'the delimiter'],
    [quote, 'the quote'],
    [lineEnding, 'the line ending'],
    ['\r\n', 'a line break'],
  ] as const) {
    if (shares(nullText, other)) yield { path: 'null', message: `must hold no character of ${words}` };
  }
  if (nullText !== undefined && escape !== undefined && escape !== '' && nullText.endsWith(escape)) {
    yield { path: 'null', message: 'must not end in the escape' };
  }
}

function* guards({ formulaGuard, delimiter, lineEnding }: KnownProfile): Generator<Contradiction> {
  if (formulaGuard === true && (shares(delimiter, "'") || shares(lineEnding, "'"))) {
    yield { path: 'formulaGuard', message: 'writes an apostrophe, which no separator may hold then' };
  }
}

function* encodings(known: KnownProfile): Generator<Contradiction> {
  if (known.encoding === undefined) return;
  const encoding = encodingName(known.encoding);
  if (encoding === undefined) {
    yield {
      path: 'encoding',
      message: 'must be utf-8, utf-16le, utf-16be or the name of a single-byte encoding',
    };
  } else if (known.bom === true && !encoding.startsWith('utf-')) {
    yield { path: 'bom', message: `must be off: the encoding ${encoding} has no byte order mark` };
  }
}

function shares(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && Array.from(one).some((char) => other.includes(char));
}

/** In UTF-8, the encoding in which files are read back: `§` and `¶` do. */
function beginsAlike(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && utf8(one)[0] === utf8(other)[0];
}
