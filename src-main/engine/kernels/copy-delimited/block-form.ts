import { appError } from '../../../../src-shared/errors/app-error.ts';
import { unescapeInto, type RowBatch } from '../../../../src-shared/model/row-batch.ts';
import type { KernelRequest } from '../../../ports/kernel.ts';

/** The plain bytes of a cell that holds characters, and where it is. */
export interface PlacedCell {
  readonly row: number;
  readonly column: number;
  readonly bytes: Uint8Array;
}

/** What a wire form means for who drives the kernel. */
export interface BlockForm {
  /** Its name. */
  readonly wire: string;
  /** The byte that stands behind a block. */
  readonly behind: number;
  /** Bytes before each row of counted cells. */
  readonly rowHead: number;
  /** The function of the kernel that takes it. */
  readonly transform: 'transform' | 'transformBinary' | 'transformCounted';
  /** Refuses a block that would lead the kernel beyond its end. */
  check(block: RowBatch): void;
  /** As `WireWriter` has it. */
  endOf(block: RowBatch, rows: number): number;
  /** All cells of a block the kernel has taken. Slow. */
  cells(block: RowBatch, request: KernelRequest): Iterable<PlacedCell>;
}

const TAB = 0x09;
const NEWLINE = 0x0a;
const COPY_DATA = 0x64;

export const copyTextBlock: BlockForm = {
  wire: 'pg-copy-text',
  behind: NEWLINE,
  rowHead: 0,
  transform: 'transform',
  check(block) {
    if (block.tail > 0 && block.bytes[block.tail - 1] !== NEWLINE) throw malformed();
  },
  endOf(block, rows) {
    // A line break stands at the end of a row and nowhere else: in values it is escaped.
    let end = 0;
    for (let row = 0; row < rows; row++) {
      const at = block.bytes.indexOf(NEWLINE, end);
      if (at < 0 || at >= block.tail) throw malformed();
      end = at + 1;
    }
    return end;
  },
  *cells({ bytes, tail }, { schema }) {
    const columns = schema.columns.length;
    for (let cell = 0, start = 0, i = 0; i < tail; i++) {
      if (bytes[i] !== TAB && bytes[i] !== NEWLINE) continue;
      const plain = new Uint8Array(i - start);
      const size = unescapeInto(bytes, start, i, plain, 0);
      yield { row: Math.floor(cell / columns), column: cell % columns, bytes: plain.subarray(0, size) };
      cell++;
      start = i + 1;
    }
  },
};

export const copyBinaryBlock: BlockForm = {
  wire: 'pg-copy-binary',
  behind: 0,
  rowHead: 0,
  transform: 'transformBinary',
  check() {
    // The kernel goes by lengths and looks at each before it goes on.
  },
  endOf(block, rows) {
    const view = viewOf(block);
    let end = 0;
    for (let row = 0; row < rows; row++) {
      if (end + 5 > block.tail || block.bytes[end] !== COPY_DATA) throw malformed();
      end += 1 + view.getUint32(end + 1);
      if (end > block.tail) throw malformed();
    }
    return end;
  },
  *cells(block, { schema, encodings }) {
    const view = viewOf(block);
    for (let row = 0, at = 0; row < block.rows; row++) {
      at += 7;
      for (const column of schema.columns.keys()) {
        const size = Math.max(0, view.getInt32(at));
        at += 4 + size;
        const encoding = encodings?.[column];
        if (encoding !== 'text' && encoding !== 'json') continue;
        yield { row, column, bytes: block.bytes.subarray(at - size, at) };
      }
    }
  },
};

export const countedTextBlock = countedBlock('counted-text', 0);

/** Each row behind the header of its packet. */
export const countedPacketsBlock = countedBlock('counted-packets', 4);

function countedBlock(wire: string, rowHead: number): BlockForm {
  return {
    wire,
    behind: 0,
    rowHead,
    transform: 'transformCounted',
    check() {
      // The kernel goes by lengths and looks at each before it goes on.
    },
    endOf(block, rows) {
      let at = 0;
      for (let row = 0; row < rows; row++) {
        at += rowHead;
        for (let cells = block.schema.columns.length; cells > 0; cells--) at = countedCell(block, at).end;
      }
      return at;
    },
    *cells(block, { schema, encodings }) {
      for (let row = 0, at = 0; row < block.rows; row++) {
        at += rowHead;
        for (const column of schema.columns.keys()) {
          const cell = countedCell(block, at);
          at = cell.end;
          if (encodings?.[column] !== 'bytes') yield { row, column, bytes: block.bytes.subarray(cell.start, cell.end) };
        }
      }
    },
  };
}

const COUNTED_NULL = 0xfb;
const COUNTED_WIDTHS: readonly number[] = [2, 3];

/** Where the bytes of the counted cell at `at` are; NULL has none. */
function countedCell({ bytes, tail }: RowBatch, at: number): { readonly start: number; readonly end: number } {
  const first = bytes[at];
  if (first === undefined || at >= tail) throw malformed();
  let size = first < COUNTED_NULL ? first : 0;
  let start = at + 1;
  if (first > COUNTED_NULL) {
    const width = COUNTED_WIDTHS[first - COUNTED_NULL - 1];
    if (width === undefined) throw malformed();
    for (let i = 0; i < width; i++) size |= (bytes[start + i] ?? 0) << (8 * i);
    start += width;
  }
  if (start + size > tail) throw malformed();
  return { start, end: start + size };
}

function viewOf({ bytes, tail }: RowBatch): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, tail);
}

export function malformed(): Error {
  return appError('SOURCE/PROTOCOL', {
    message: 'The server sent rows in a form that its wire format does not have.',
    remedy: 'Check what stands between this machine and the server, such as a proxy, and run again.',
  });
}
