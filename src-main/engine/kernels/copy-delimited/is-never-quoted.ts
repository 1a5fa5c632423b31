import type { CellEncoding, DelimitedLayout } from '../../../ports/kernel.ts';
import { utf8 } from '../../../../src-shared/util/utf8.ts';

const DIGITS = '0123456789';

/**
 * Whether no value in this encoding needs quotes in this layout, so that it can be written where it will stand. Infinities,
 * NaN and years before 1 do not count: the kernel looks at each of those.
 */
export function isNeverQuoted(encoding: CellEncoding, { quoting, texts }: DelimitedLayout): boolean {
  const alphabet = alphabetOf(encoding, texts);
  if (alphabet === null || alphabet.some((byte) => quoting.special[byte] !== 0)) return false;
  // A blank at the end would be trimmed by some readers.
  if (encoding === 'timestamp' && texts.utcSuffix.at(-1) === 0x20) return false;
  if (encoding === 'bytes' && texts.bytesPrefix[0] === 0x20) return false;
  return texts.nullText.length === 0 || texts.nullText.some((byte) => !alphabet.includes(byte));
}

/** Every byte that its text can hold; null: any. */
function alphabetOf(encoding: CellEncoding, texts: DelimitedLayout['texts']): number[] | null {
  switch (encoding) {
    case 'text':
    case 'json':
    case 'boolean':
      return null;
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint32':
    case 'uint64':
    case 'date':
      return [...utf8(`${DIGITS}-`)];
    case 'numeric':
      return [...utf8(`${DIGITS}-.`)];
    case 'time':
      return [...utf8(`${DIGITS}:.`)];
    case 'timestamp':
      return [...utf8(`${DIGITS}-:.`), texts.timestampSeparator, ...texts.utcSuffix];
    case 'uuid':
      return [...utf8(`${DIGITS}abcdef-`)];
    case 'bytes':
      return [...utf8(`${DIGITS}abcdef`), ...texts.bytesPrefix];
  }
}
