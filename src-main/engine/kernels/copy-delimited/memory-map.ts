// The host's side of assembly/memory-map.ts: the same places by the same names.
import type { CellEncoding } from '../../../ports/kernel.ts';

export const CLASS_LOW = 0;
export const CLASS_HIGH = 16;
export const COUNT_UP = 32;
export const ALPHABET = 64;
export const SPECIAL = 256;
export const UNESCAPE = 512;
export const DELIMITER = 768;
export const LINE_ENDING = 800;
export const UTC_SUFFIX = 832;
export const BYTES_PREFIX = 848;
export const NULL_TEXT = 864;
export const ROUND_WORDS = 1280;
export const ROUND_LANES = 1536;
export const SHA_START = 2560;
export const PAIRS = 4352;
export const HEX_DIGITS = 4608;
export const COLUMNS = 8192;
export const COLUMN_BYTES = 32;
export const COLUMNS_AT_MOST = 2048;
export const POOL = COLUMNS + COLUMNS_AT_MOST * COLUMN_BYTES;

/** NULL_TEXT reaches up to ROUND_WORDS, and is written in steps of up to 16 bytes. */
export const NULL_TEXT_AT_MOST = 256;
export const SEPARATOR_AT_MOST = 32;
export const QUEUE_BYTES = 608;

export const OP = {
  copy: 0,
  boolean: 1,
  timestamp: 2,
  timestampUtc: 3,
  bytes: 4,
  fixed: 5,
  fixedAll: 6,
  partial: 7,
  token: 8,
} as const;

export const ENCODED: Readonly<Record<CellEncoding, number>> = {
  text: 0,
  json: 1,
  boolean: 2,
  int16: 3,
  int32: 4,
  int64: 5,
  uint32: 6,
  uint64: 7,
  numeric: 8,
  date: 9,
  time: 10,
  timestamp: 11,
  uuid: 12,
  bytes: 13,
};

/** Lower-case base32, RFC 4648 §6. */
export const TOKEN_ALPHABET: Uint8Array = Uint8Array.from('abcdefghijklmnopqrstuvwxyz234567', (char) =>
  char.charCodeAt(0),
);
