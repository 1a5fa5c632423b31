/**
 * Splits COPY text (https://www.postgresql.org/docs/current/sql-copy.html, "Text Format") into cells: one pass over the
 * bytes, no allocation per cell. Three types are respelt in place into their canonical text: booleans point to a
 * constant, timestamps get their `T` and `Z`, bytes lose the `\\x` before their hex digits.
 */
import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';
import { PLAIN_BYTES } from '../../../src-shared/model/plain-bytes.ts';
import {
  CELL_ESCAPED,
  CELL_NULL,
  CELL_PLAIN,
  type BatchSchema,
  type RowBatch,
} from '../../../src-shared/model/row-batch.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const BLANK = 0x20;
const BACKSLASH = 0x5c;
/** Classes of bytes: 0 plain (a blank too: its place is looked at later), 1 inert but not plain, from 2 on a stop. */
export const STOP_BACKSLASH = 2;
export const STOP_TAB = 3;
export const STOP_NEWLINE = 4;
export const BYTE_CLASS = byteClasses();

/** How a column is respelt. */
export const RESPELL = { none: 0, boolean: 1, timestamp: 2, utc: 3, bytes: 4 } as const;

/** Bytes a batch keeps free behind its rows for {@link appendBooleans}. */
export const BOOLEANS = Uint8Array.from('truefalse', (char) => char.charCodeAt(0));

function byteClasses(): Uint8Array {
  const classes = Uint8Array.from(PLAIN_BYTES, (plain) => (plain === 0 ? 1 : 0));
  classes[BACKSLASH] = STOP_BACKSLASH;
  classes[TAB] = STOP_TAB;
  classes[NEWLINE] = STOP_NEWLINE;
  return classes;
}

/** Per column, how its cells are respelt. */
export function respellings(schema: BatchSchema): Uint8Array {
  return Uint8Array.from(schema.columns, ({ type }) => {
    if (type.kind === 'boolean') return RESPELL.boolean;
    if (type.kind === 'bytes') return RESPELL.bytes;
    if (type.kind === 'timestamp') return type.zone === 'none' ? RESPELL.timestamp : RESPELL.utc;
    return RESPELL.none;
  });
}

/** Appends the texts booleans point to and returns where they start. */
export function appendBooleans(batch: RowBatch): number {
  const at = batch.reserve(BOOLEANS.length);
  batch.bytes.set(BOOLEANS, at);
  return at;
}

/** Fills the cells of a block of `batch.rows` whole rows; `booleansAt` from {@link appendBooleans}. */
export function splitRows(batch: RowBatch, respell: Uint8Array): void {
  const end = batch.tail;
  const columns = respell.length;
  batch.ensureCells(batch.rows * columns);
  const booleansAt = respell.includes(RESPELL.boolean) ? appendBooleans(batch) : 0;
  const { bytes, starts, ends, flags } = batch;
  if (end === 0 || bytes[end - 1] !== NEWLINE) throw malformed();
  const classes = BYTE_CLASS;
  const limit = batch.rows * columns;
  let cell = 0;
  let column = 0;
  let at = 0;
  while (at < end && cell < limit) {
    const start = at;
    let stop = 0;
    while ((stop = classes[bytes[at] as number] as number) === 0) at++;
    let flag = CELL_PLAIN;
    if (stop <= STOP_BACKSLASH) {
      flag = 0;
      for (;;) {
        if (stop === STOP_BACKSLASH) {
          flag = CELL_ESCAPED;
          at += 2;
        }
        while ((stop = classes[bytes[at] as number] as number) < STOP_BACKSLASH) at++;
        if (stop !== STOP_BACKSLASH) break;
      }
      if (flag !== 0 && at - start === 2 && bytes[start + 1] === 0x4e) flag = CELL_NULL;
    } else if (at === start || bytes[start] === BLANK || bytes[at - 1] === BLANK) flag = 0;
    starts[cell] = start;
    ends[cell] = at;
    flags[cell] = flag;
    const kind = respell[column] as number;
    if (kind !== 0 && flag !== CELL_NULL) respellCell(batch, cell, kind, booleansAt);
    cell++;
    at++;
    if (++column === columns) {
      if (stop !== STOP_NEWLINE) throw malformed();
      column = 0;
    } else if (stop !== STOP_TAB) throw malformed();
  }
  if (at !== end || cell !== limit || column !== 0) throw malformed();
  batch.cells = cell;
}

/** Gives one cell its canonical text. */
export function respellCell(batch: RowBatch, cell: number, kind: number, booleansAt: number): void {
  if (kind === RESPELL.boolean) respellBoolean(batch, cell, booleansAt);
  else if (kind === RESPELL.bytes) respellBytes(batch, cell);
  else respellTimestamp(batch, cell, kind === RESPELL.utc);
}

function respellBoolean(batch: RowBatch, cell: number, booleansAt: number): void {
  const start = batch.starts[cell] as number;
  const byte = batch.bytes[start];
  if ((batch.ends[cell] as number) !== start + 1 || (byte !== 0x74 && byte !== 0x66)) throw malformed();
  batch.starts[cell] = byte === 0x74 ? booleansAt : booleansAt + 4;
  batch.ends[cell] = booleansAt + (byte === 0x74 ? 4 : 9);
}

/** `\\x6162`: the backslash that begins the hex form is itself escaped. */
function respellBytes(batch: RowBatch, cell: number): void {
  const { bytes } = batch;
  const start = batch.starts[cell] as number;
  if (bytes[start] !== BACKSLASH || bytes[start + 1] !== BACKSLASH || bytes[start + 2] !== 0x78) throw malformed();
  batch.starts[cell] = start + 3;
  batch.flags[cell] = (batch.ends[cell] as number) > start + 3 ? CELL_PLAIN : 0;
}

/** `2024-05-06 07:08:09.5+00` → `2024-05-06T07:08:09.5Z`; infinities stay, so does ` BC`. */
function respellTimestamp(batch: RowBatch, cell: number, utc: boolean): void {
  const { bytes } = batch;
  const start = batch.starts[cell] as number;
  let end = batch.ends[cell] as number;
  const first = bytes[start];
  if (first === 0x69 || first === 0x2d) return;
  let at = start + 10;
  while (at < end && bytes[at] !== BLANK) at++;
  if (at >= end) throw malformed();
  bytes[at] = 0x54;
  if (!utc) return;
  const bc = bytes[end - 1] === 0x43;
  if (bc) end -= 3;
  // The session's time zone is UTC, in which the offset is always written +00.
  if (bytes[end - 3] !== 0x2b || bytes[end - 2] !== 0x30 || bytes[end - 1] !== 0x30) throw malformed();
  bytes[end - 3] = 0x5a;
  if (bc) bytes.copyWithin(end - 2, end, end + 3);
  batch.ends[cell] = bc ? end + 1 : end - 2;
}

export function malformed(): AppError {
  return appError('SOURCE/PROTOCOL', {
    message: 'The server sent rows in a form that its COPY format does not have.',
    remedy: 'Check what stands between this machine and the server, such as a proxy, and run again.',
  });
}
