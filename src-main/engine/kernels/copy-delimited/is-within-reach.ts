import type { DelimitedLayout, DelimitedQuoting, KernelRequest } from '../../../ports/kernel.ts';
import { COLUMNS_AT_MOST, NULL_TEXT_AT_MOST, SEPARATOR_AT_MOST, TOKEN_ALPHABET } from './memory-map.ts';

const TOKEN_CHARACTERS = 26;

/** Whether the kernel writes exactly what the encoder would: its tables hold this layout, and its scan sees every special byte. */
export function isWithinReach({ layout, masks }: KernelRequest): boolean {
  const { delimiter, lineEnding, nullText, utcSuffix, bytesPrefix } = layout.texts;
  return (
    layout.columns.length > 0 &&
    layout.columns.length <= COLUMNS_AT_MOST &&
    nullText.length <= NULL_TEXT_AT_MOST &&
    [delimiter, lineEnding].every((bytes) => bytes.length <= SEPARATOR_AT_MOST) &&
    [utcSuffix, bytesPrefix].every((bytes) => bytes.length <= 16) &&
    seesEverySpecialByte(layout.quoting) &&
    roomOfRow({ layout, masks }) <= ROW_ROOM_AT_MOST &&
    (masks.every((mask) => mask?.op !== 'token') || takesTokensUnquoted(layout))
  );
}

/** Output of one row besides what its own bytes become: the kernel's memory must hold it. */
const ROW_ROOM_AT_MOST = 64 * 1024 * 1024;

function roomOfRow({ layout, masks }: Pick<KernelRequest, 'layout' | 'masks'>): number {
  const texts = masks.map((mask) => (mask?.op === 'constant' ? 2 * (mask.value?.length ?? 0) : 0));
  const longest = texts.reduce((most, size) => Math.max(most, size), layout.texts.nullText.length);
  return (layout.columns.length + 1) * (longest + 512);
}

/** Control characters stand in COPY text as escapes if they are one of these, and would hide from the scan if they are not. */
const ALWAYS_ESCAPED = new Set([0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d]);

function seesEverySpecialByte({ special }: DelimitedQuoting): boolean {
  return special.every((is, byte) => is === 0 || (byte >= 0x20 && byte < 0x7f) || ALWAYS_ESCAPED.has(byte));
}

function takesTokensUnquoted({ quoting: { special }, texts: { nullText } }: DelimitedLayout): boolean {
  return nullText.length !== TOKEN_CHARACTERS && TOKEN_ALPHABET.every((byte) => special[byte] === 0);
}
