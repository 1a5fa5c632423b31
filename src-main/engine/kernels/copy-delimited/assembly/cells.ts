// What stands for a cell whatever form it came in: fixed texts and tokens.
import { COLUMNS, COLUMN_BYTES, OP_TOKEN } from './memory-map';
import { columnsEnd, quote } from './settings';
import { copyShort } from './text';
import { addToken, flushTokens, forgetTokens, TOKEN_CHARACTERS } from './tokens';

/** Writes the text whose address and size are at `argument`. */
export function putFixed(argument: usize, out: usize): usize {
  const size = <usize>load<u32>(argument + 4);
  copyShort(<usize>load<u32>(argument), size, out);
  return out + size;
}

/** Leaves the place of a token free: it is filled in when enough of them wait. */
export function putToken(column: usize, message: usize, size: usize, out: usize): usize {
  const alwaysQuoted = load<u8>(column + 1) != 0;
  let place = out;
  if (alwaysQuoted) store<u8>(place++, quote);
  addToken(<usize>load<u32>(column + 4), message, size, place);
  place += TOKEN_CHARACTERS;
  if (alwaysQuoted) store<u8>(place++, quote);
  return place;
}

export function flushAll(): void {
  for (let column = COLUMNS; column < columnsEnd; column += COLUMN_BYTES) {
    if (load<u8>(column) == OP_TOKEN) flushTokens(<usize>load<u32>(column + 4));
  }
}

/** Forgets tokens whose place is at or behind `from`. */
export function forgetAll(from: usize): void {
  for (let column = COLUMNS; column < columnsEnd; column += COLUMN_BYTES) {
    if (load<u8>(column) == OP_TOKEN) forgetTokens(<usize>load<u32>(column + 4), from);
  }
}
