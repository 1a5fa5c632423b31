/**
 * Stands in for the driver's parser of an answer's tokens while rows are read: rows are written into batches as they lie on
 * the wire, a long value piece by piece, and nothing is read on while nobody asks for more. Every other token is the driver's.
 */
import { EventEmitter } from 'node:events';
import type { RowFeed } from './row-feed.ts';
import { RowReader, ROW_READ } from './row-reader.ts';
import type { DriverParts } from './wire-parser.ts';

const ROW = 0xd1;
const NBC_ROW = 0xd2;

/** The driver's handlers, by the name that a token has for its own. */
export type TokenHandler = Readonly<Record<string, (token: unknown) => void>>;

export interface ParsedAnswer {
  readonly message: AsyncIterable<Buffer>;
  readonly handler: TokenHandler;
  readonly options: unknown;
}

/** Emits `end` when all tokens have been handled, or `error`. */
export class RowParser extends EventEmitter {
  constructor(parts: DriverParts, answer: ParsedAnswer, feed: RowFeed) {
    super();
    this.#run(parts, answer, feed).then(
      () => process.nextTick(() => this.emit('end')),
      (error: unknown) => process.nextTick(() => this.emit('error', error)),
    );
  }

  /** The driver's own brake; ours is the feed. */
  pause(): void {
    // Nothing waits here but for the feed.
  }

  resume(): void {
    // As above.
  }

  async #run(parts: DriverParts, { message, handler, options }: ParsedAnswer, feed: RowFeed): Promise<void> {
    const parser = new parts.WireParser(options);
    const readToken = parser.readToken.bind(parser);
    const rows = new RowReader(feed, parts.needMore);
    parser.readToken = () => {
      const type = parser.buffer[parser.position];
      if (type !== ROW && type !== NBC_ROW) return readToken();
      rows.begin(type === NBC_ROW);
      return parser.startTokenReader(rows);
    };
    // By hand: `for await` would destroy the message, and with it the connection, when parsing fails.
    const chunks = message[Symbol.asyncIterator]();
    for (let chunk = await chunks.next(); chunk.done !== true; chunk = await chunks.next()) {
      parser.write(chunk.value);
      for (let token = parser.read(); token !== undefined; token = parser.read()) {
        if (token === ROW_READ) {
          if (feed.collect()) await feed.room();
          continue;
        }
        if (token.handlerName === 'onColMetadata') rows.expect();
        handler[token.handlerName]?.(token);
      }
      if (feed.collect()) await feed.room();
    }
    parser.end();
  }
}
