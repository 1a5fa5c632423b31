/** Scripts in which a joiner or a non-joiner between two letters changes how these are written. */
const JOINING = ['Arab', 'Syrc', 'Mong', 'Nkoo', 'Adlm', 'Rohg'];
const INDIC = ['Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Mymr', 'Khmr', 'Tibt'];

const SCRIPTS = [...JOINING, ...INDIC].map((script) => `\\p{scx=${script}}`).join('');
const LETTER = `(?=[\\p{L}\\p{M}])[${SCRIPTS}]`;
const PICTURE = '\\p{Extended_Pictographic}';
const VARIED = '(?:\\ufe0f|\\p{Emoji_Modifier})?';

/** A joiner between two pictures, which makes one of them, or one between two letters of a script that knows joiners. */
const JOINED = new RegExp(
  `(?<=${PICTURE}${VARIED})\\u200d(?=${PICTURE})|(?<=${LETTER})[\\u200c\\u200d](?=${LETTER})`,
  'uy',
);

/** Whether the character at this place is a joiner that belongs to the writing: drawn as a mark it would break a word or a picture. */
export function isJoiner(value: string, at: number): boolean {
  JOINED.lastIndex = at;
  return JOINED.test(value);
}
