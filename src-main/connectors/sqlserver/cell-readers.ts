/** From a value on the wire to a cell in canonical text. [MS-TDS] 2.2.5.4, 2.2.5.5. */
import type { ColumnMetadata } from 'tedious/lib/token/colmetadata-token-parser.js';
import type { LogicalKind } from '../../../src-shared/model/logical-type.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { BatchWriter } from '../kit/batch-writer.ts';
import { float32Text, floatText } from '../kit/number-text.ts';
import { malformed } from './errors.ts';
import { guidText } from './guid-text.ts';
import { PartsReader, type PartsTarget } from './parts-reader.ts';
import { respellTime } from './respell-time.ts';
import type { RowFeed } from './row-feed.ts';
import { textTarget } from './text-target.ts';
import type { CellReader, WireBytes } from './wire-parser.ts';

/** Writes the bytes `[start, end)` of a value that is not NULL. */
export type ValueWriter = (bytes: Buffer, start: number, end: number) => void;

const FIXED_BYTES: Readonly<Record<string, number>> = {
  ...{ TinyInt: 1, SmallInt: 2, Int: 4, BigInt: 8, Bit: 1, Real: 4, Float: 8 },
};
const SHORT_LENGTH = new Set(['IntN', 'BitN', 'FloatN', 'UniqueIdentifier']);
const LONG_LENGTH = new Set(['VarChar', 'Char', 'NVarChar', 'NChar', 'VarBinary', 'Binary']);
const MAX = 0xffff;

/** What may come for a column of a kind, by the driver's names. */
const EXPECTED: Readonly<Record<LogicalKind, readonly string[]>> = {
  boolean: ['Bit', 'BitN'],
  int: ['TinyInt', 'SmallInt', 'Int', 'BigInt', 'IntN'],
  float: ['Real', 'Float', 'FloatN'],
  decimal: ['VarChar'],
  timestamp: ['VarChar'],
  date: ['VarChar'],
  time: ['VarChar'],
  interval: [],
  array: [],
  json: ['NVarChar'],
  text: ['NVarChar', 'NChar', 'UniqueIdentifier'],
  bytes: ['VarBinary', 'Binary'],
};

/** How the cells of a column are read. Throws where the server sends what was not asked for. */
export function cellReader(column: ReadColumn, metadata: ColumnMetadata | undefined, feed: RowFeed): CellReader {
  const wire = metadata?.type.name ?? 'nothing';
  if (!EXPECTED[column.type.kind].includes(wire)) {
    throw malformed(`the column ${column.name} (${column.nativeType}) came as ${wire}`);
  }
  const { writer } = feed;
  if (LONG_LENGTH.has(wire)) {
    const target = wire.startsWith('N') ? textTarget(column, feed) : bytesTarget(column, writer);
    return metadata?.dataLength === MAX ? new PartsReader(writer, target) : new LongCell(writer, target);
  }
  const write = valueWriter(column, writer);
  if (SHORT_LENGTH.has(wire)) return new ShortCell(writer, write);
  return new FixedCell(FIXED_BYTES[wire] ?? 0, write);
}

class FixedCell implements CellReader {
  readonly #size: number;
  readonly #write: ValueWriter;

  constructor(size: number, write: ValueWriter) {
    this.#size = size;
    this.#write = write;
  }

  read(wire: WireBytes, isWanted: boolean): number {
    const end = wire.position + this.#size;
    if (wire.buffer.length < end) return end;
    if (isWanted) this.#write(wire.buffer, wire.position, end);
    wire.position = end;
    return 0;
  }
}

/** A byte of length, 0 for NULL. */
class ShortCell implements CellReader {
  readonly #writer: BatchWriter;
  readonly #write: ValueWriter;

  constructor(writer: BatchWriter, write: ValueWriter) {
    this.#writer = writer;
    this.#write = write;
  }

  read(wire: WireBytes, isWanted: boolean): number {
    const start = wire.position + 1;
    if (wire.buffer.length < start) return start;
    const end = start + (wire.buffer[wire.position] as number);
    if (wire.buffer.length < end) return end;
    if (isWanted && end === start) this.#writer.writeNull();
    else if (isWanted) this.#write(wire.buffer, start, end);
    wire.position = end;
    return 0;
  }
}

/** Two bytes of length, 0xffff for NULL. */
class LongCell implements CellReader {
  readonly #writer: BatchWriter;
  readonly #target: PartsTarget;

  constructor(writer: BatchWriter, target: PartsTarget) {
    this.#writer = writer;
    this.#target = target;
  }

  read(wire: WireBytes, isWanted: boolean): number {
    const start = wire.position + 2;
    if (wire.buffer.length < start) return start;
    const length = wire.buffer.readUInt16LE(wire.position);
    const end = length === MAX ? start : start + length;
    if (wire.buffer.length < end) return end;
    if (isWanted && length === MAX) this.#writer.writeNull();
    else if (isWanted) this.#target.whole(wire.buffer, start, end);
    wire.position = end;
    return 0;
  }
}

function valueWriter({ type }: ReadColumn, writer: BatchWriter): ValueWriter {
  if (type.kind === 'boolean') return (bytes, start) => writer.writeText(bytes[start] === 0 ? 'false' : 'true');
  if (type.kind === 'text') return (bytes, start) => writer.writeText(guidText(bytes, start));
  if (type.kind === 'int') return (bytes, start, end) => writer.writeText(intText(bytes, start, end));
  return (bytes, start, end) => {
    if (end - start === 4) writer.writeText(float32Text(bytes.readFloatLE(start)));
    else writer.writeText(floatText(bytes.readDoubleLE(start)));
  };
}

/** One byte has no sign here. */
function intText(bytes: Buffer, start: number, end: number): string {
  switch (end - start) {
    case 1:
      return String(bytes[start]);
    case 2:
      return String(bytes.readInt16LE(start));
    case 4:
      return String(bytes.readInt32LE(start));
    default:
      return String(bytes.readBigInt64LE(start));
  }
}

/** Bytes as they are, and the ASCII text of numbers and times. */
function bytesTarget({ type }: ReadColumn, writer: BatchWriter): PartsTarget {
  if (type.kind === 'timestamp') {
    return {
      whole: (bytes, start, end) => writer.writeBytes(respellTime(bytes, start, end)),
      begin: () => undefined,
      part: () => undefined,
      end: () => writer.writeNull(),
    };
  }
  return {
    whole: (bytes, start, end) => writer.writeBytes(bytes.subarray(start, end)),
    begin: () => undefined,
    part: (bytes, start, end) => writer.writePart(bytes.subarray(start, end)),
    end: () => writer.endParts(),
  };
}
