// Where things lie in the kernel's memory. Offsets below the pool are fixed and known to memory-map.ts on the other side;
// the areas behind it are placed by the caller, who knows how large they must be.

/**
 * Classes of bytes by nibble: a byte's class is LOW[byte & 15] & HIGH[byte >> 4]. Not 0: needs a look. In COPY text bit 7 says
 * that the byte ends a cell.
 */
export const CLASS_LOW: usize = 0;
export const CLASS_HIGH: usize = 16;
/** 0, 1, 2 … 15: compared with a count to mask the rest of a vector. */
export const COUNT_UP: usize = 32;
/** Alphabet of tokens, 32 characters. */
export const ALPHABET: usize = 64;
/** By byte, 1: makes quotes necessary. */
export const SPECIAL: usize = 256;
/** By byte after a backslash: what the pair stands for. */
export const UNESCAPE: usize = 512;
/** Separators and texts, each with room for a store of 16 bytes at a time. */
export const DELIMITER: usize = 768;
export const LINE_ENDING: usize = 800;
export const UTC_SUFFIX: usize = 832;
export const BYTES_PREFIX: usize = 848;
export const NULL_TEXT: usize = 864;
/** SHA-256: 64 round constants, one word each; and again with each word in four lanes. */
export const ROUND_WORDS: usize = 1280;
export const ROUND_LANES: usize = 1536;
/** The first state of SHA-256, eight words. */
export const SHA_START: usize = 2560;
/** One message block, the schedule in four lanes and states. */
export const BLOCK: usize = 2624;
export const SCHEDULE: usize = 2688;
export const STATE: usize = 2944;
export const SCHEDULE_LANES: usize = 3072;
export const STATE_LANES: usize = 4096;
/** The numbers from 00 to 99 in two digits each, then the sixteen hex digits. */
export const PAIRS: usize = 4352;
export const HEX_DIGITS: usize = 4608;
/** The day that was written last: its text, behind it room for a whole vector. */
export const LAST_DAY: usize = 4624;
/**
 * 32 bytes a column: operation, always quoted, never quoted (no value of its type needs quotes), encoding in COPY BINARY, then
 * up to four 32-bit arguments.
 */
export const COLUMNS: usize = 8192;
export const COLUMN_BYTES: usize = 32;

export const OP_COPY: u8 = 0;
/** Arguments: address and size of the text of true, then of false, as they stand in the file. */
export const OP_BOOLEAN: u8 = 1;
export const OP_TIMESTAMP: u8 = 2;
export const OP_TIMESTAMP_UTC: u8 = 3;
export const OP_BYTES: u8 = 4;
/** Arguments: address and size of what stands in the file for every value that is not NULL. */
export const OP_FIXED: u8 = 5;
/** The same for NULL too. */
export const OP_FIXED_ALL: u8 = 6;
/** Arguments: characters kept at the start and at the end, address and size of the covering character. */
export const OP_PARTIAL: u8 = 7;
/** Argument: address of the token's queue. */
export const OP_TOKEN: u8 = 8;

export const ENCODED_TEXT: u8 = 0;
export const ENCODED_JSON: u8 = 1;
export const ENCODED_BOOLEAN: u8 = 2;
export const ENCODED_INT16: u8 = 3;
export const ENCODED_INT32: u8 = 4;
export const ENCODED_INT64: u8 = 5;
export const ENCODED_UINT32: u8 = 6;
export const ENCODED_UINT64: u8 = 7;
export const ENCODED_NUMERIC: u8 = 8;
export const ENCODED_DATE: u8 = 9;
export const ENCODED_TIME: u8 = 10;
export const ENCODED_TIMESTAMP: u8 = 11;
export const ENCODED_UUID: u8 = 12;
export const ENCODED_BYTES: u8 = 13;
