/** Reads one row after the other off the wire into batches. [MS-TDS] 2.2.7.19 (ROW), 2.2.7.13 (NBCROW). */
import { cellReader } from './cell-readers.ts';
import { malformed } from './errors.ts';
import type { RowFeed } from './row-feed.ts';
import type { CellReader, DriverParts, TokenReader, WireParser } from './wire-parser.ts';

/** What stands for a row among the driver's tokens. */
export const ROW_READ = { handlerName: 'onRow', name: 'ROW' } as const;

export class RowReader implements TokenReader {
  readonly #feed: RowFeed;
  readonly #needMore: DriverParts['needMore'];
  #cells: readonly CellReader[] | null = null;
  #isExpecting = false;
  #column = 0;
  #hasBitmap = false;
  #bitmap: Uint8Array | null = null;

  constructor(feed: RowFeed, needMore: DriverParts['needMore']) {
    this.#feed = feed;
    this.#needMore = needMore;
  }

  /** Rows of a result follow; a statement of ours has one. */
  expect(): void {
    if (this.#isExpecting) throw malformed('it gave a second result');
    this.#isExpecting = true;
  }

  begin(hasBitmap: boolean): void {
    this.#column = 0;
    this.#hasBitmap = hasBitmap;
    this.#bitmap = null;
  }

  /** Called again from the start of what is missing, as long as bytes are missing. */
  read(parser: WireParser): typeof ROW_READ {
    const cells = (this.#cells ??= readersOf(this.#feed, parser.colMetadata));
    if (this.#hasBitmap && this.#bitmap === null) this.#readBitmap(parser, cells.length);
    const { writer } = this.#feed;
    // What is thrown away is not made text of first: much of it may lie on the wire.
    const isWanted = !this.#feed.isUnwanted;
    for (; this.#column < cells.length; this.#column++) {
      const column = this.#column;
      if (this.#bitmap !== null && ((this.#bitmap[column >> 3] as number) & (1 << (column & 7))) !== 0) {
        if (isWanted) writer.writeNull();
        continue;
      }
      const missing = (cells[column] as CellReader).read(parser, isWanted);
      if (missing > 0) throw this.#needMore(missing);
    }
    this.#feed.rows++;
    return ROW_READ;
  }

  #readBitmap(parser: WireParser, columns: number): void {
    const end = parser.position + Math.ceil(columns / 8);
    if (parser.buffer.length < end) throw this.#needMore(end);
    this.#bitmap = parser.buffer.slice(parser.position, end);
    parser.position = end;
  }
}

function readersOf(feed: RowFeed, metadata: WireParser['colMetadata']): readonly CellReader[] {
  if (metadata.length !== feed.columns.length) {
    throw malformed(`it gave ${metadata.length} columns where ${feed.columns.length} were asked for`);
  }
  return feed.columns.map((column, i) => cellReader(column, metadata[i], feed));
}
