/** The driver's parser of an answer's tokens, as far as reading rows goes: a part that only its own modules see. */
import type { ColumnMetadata } from 'tedious/lib/token/colmetadata-token-parser.js';

/** Bytes of the wire, and how far they have been read. */
export interface WireBytes {
  readonly buffer: Buffer;
  position: number;
}

/** Reads one cell and writes it, or only reads past it where it is not wanted any more. 0: done; else the position up to which there must be bytes, and nothing was read of it. */
export interface CellReader {
  read(wire: WireBytes, isWanted: boolean): number;
}

export interface Token {
  readonly handlerName: string;
}

/** Reads one token; called again, on the same reader, as long as bytes are missing. */
export interface TokenReader {
  read(parser: WireParser): Token;
}

export interface WireParser extends WireBytes {
  readonly colMetadata: readonly ColumnMetadata[];
  write(chunk: Buffer): void;
  /** The next token; undefined: more bytes are needed. */
  read(): Token | undefined;
  end(): void;
  readToken: () => Token | undefined;
  startTokenReader(reader: TokenReader): Token;
}

export interface DriverParts {
  readonly WireParser: new (options: unknown) => WireParser;
  /** What the parser catches when bytes are missing: up to which position there must be some. */
  readonly needMore: (position: number) => unknown;
}
