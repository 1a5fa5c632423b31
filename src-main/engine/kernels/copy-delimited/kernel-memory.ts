import type { CellEncoding, CellProgram, KernelRequest } from '../../../ports/kernel.ts';
import type { BatchColumn } from '../../../../src-shared/model/row-batch.ts';
import { utf8 } from '../../../../src-shared/util/utf8.ts';
import type { KernelExports } from './kernel-module.ts';
import * as at from './memory-map.ts';
import { isNeverQuoted } from './is-never-quoted.ts';
import { writeShaTables, writeTextTables } from './write-tables.ts';

const PAGE_BYTES = 65_536;
/** Vectors are read and written past ends: so much is free behind each area. */
const SLACK_BYTES = 128;
/** A short value of COPY BINARY, each of its characters covered or escaped. */
const ENCODED_ROOM = 512;
/** The longest text of a numeric is a little shorter. */
const NUMERIC_BYTES = 150_000;

export interface KernelAreas {
  readonly input: number;
  readonly output: number;
  readonly outputEnd: number;
}

/** Writes tables and columns into a fresh kernel and places its areas for blocks of up to `blockBytes`. */
export class KernelMemory {
  readonly #kernel: KernelExports;
  readonly #request: KernelRequest;
  #pool = at.POOL;
  /** Most bytes one cell may take besides what its own bytes become: a fixed text, NULL, a token, quotes, a separator. */
  #cellRoom = 0;
  /** Most bytes of output for one byte of input. */
  #growth = 2;

  constructor(kernel: KernelExports, request: KernelRequest) {
    this.#kernel = kernel;
    this.#request = request;
  }

  /** Writes tables and columns; once. */
  prepare(): void {
    const { layout, masks, schema } = this.#request;
    const kernel = this.#kernel;
    writeShaTables(this.#bytes());
    writeTextTables(this.#bytes(), layout, this.#request.encodings === null);
    for (const [index, column] of schema.columns.entries()) this.#writeColumn(index, column, masks[index] ?? null);
    const { delimiter, lineEnding, utcSuffix, bytesPrefix, nullText, timestampSeparator } = layout.texts;
    kernel.setSeparators(delimiter.length, lineEnding.length, utcSuffix.length, bytesPrefix.length);
    kernel.setQuoting(layout.quoting.quote, layout.quoting.escape, nullText.length, timestampSeparator);
    // Between quotes a byte may need an escape before it; a covered character takes at most four bytes, or two; two digits of
    // a byte take four.
    const isWide = masks.some((mask) => mask?.op === 'partial') || this.#holds('bytes');
    this.#growth = isWide ? 4 : 2;
    const separators = delimiter.length + lineEnding.length + bytesPrefix.length + utcSuffix.length;
    this.#cellRoom = Math.max(this.#cellRoom, nullText.length) + separators + SLACK_BYTES;
    if (this.#request.encodings !== null) this.#cellRoom += ENCODED_ROOM;
    kernel.setColumns(schema.columns.length, this.#growth, this.#cellRoom);
  }

  /** Places the areas for blocks of up to `blockBytes`; earlier ones are void. */
  place(blockBytes: number): KernelAreas {
    const growth = this.#growth;
    const numeric = this.#holds('numeric') ? NUMERIC_BYTES : 0;
    const scratch = align(this.#pool);
    const masked = align(scratch + (this.#holds('bytes') ? 2 : 1) * blockBytes + numeric + SLACK_BYTES);
    const input = align(masked + (growth > 2 ? 4 * (blockBytes + numeric) : 0) + SLACK_BYTES);
    const output = align(input + blockBytes + SLACK_BYTES);
    // One row always fits, however it grows: what fits no more is written by the next call.
    const outputEnd =
      output +
      growth * (blockBytes + 2 * numeric) +
      (this.#request.schema.columns.length + 1) * this.#cellRoom +
      PAGE_BYTES;
    this.#kernel.setScratch(scratch, masked);
    this.#grow(outputEnd + SLACK_BYTES);
    return { input, output, outputEnd };
  }

  #writeColumn(index: number, column: BatchColumn, mask: CellProgram | null): void {
    const { layout, encodings } = this.#request;
    const alwaysQuoted = layout.columns[index]?.alwaysQuoted === true;
    const encoding = encodings?.[index] ?? 'text';
    const place = at.COLUMNS + index * at.COLUMN_BYTES;
    const put = (op: number, values: readonly number[] = []): void => {
      const view = new DataView(this.#kernel.memory.buffer);
      view.setUint8(place, op);
      view.setUint8(place + 1, alwaysQuoted ? 1 : 0);
      view.setUint8(place + 2, isNeverQuoted(encoding, layout) && !alwaysQuoted ? 1 : 0);
      view.setUint8(place + 3, at.ENCODED[encoding]);
      for (const [i, value] of values.entries()) view.setUint32(place + 4 + 4 * i, value, true);
    };
    if (mask === null) this.#writeUnmasked(index, column, put);
    else if (mask.op === 'token') put(at.OP.token, [this.#writeQueue(mask.key)]);
    else if (mask.op === 'constant') {
      const text = this.#keep(layout.spell(index, mask.value));
      put(mask.replacesNull ? at.OP.fixedAll : at.OP.fixed, text);
    } else put(at.OP.partial, [mask.keepFirst, mask.keepLast, ...this.#keep(mask.cover)]);
  }

  #writeUnmasked(index: number, { type }: BatchColumn, put: (op: number, values?: readonly number[]) => void): void {
    const { layout } = this.#request;
    if (type.kind === 'boolean') {
      const texts = ['true', 'false'].map((text) => this.#keep(layout.spell(index, utf8(text))));
      put(at.OP.boolean, texts.flat());
    } else if (type.kind === 'timestamp') put(type.zone === 'none' ? at.OP.timestamp : at.OP.timestampUtc);
    else put(type.kind === 'bytes' ? at.OP.bytes : at.OP.copy);
  }

  #holds(encoding: CellEncoding): boolean {
    return this.#request.encodings?.includes(encoding) === true;
  }

  /** Keeps a text in the pool; returns address and size. */
  #keep(bytes: Uint8Array): [address: number, size: number] {
    const address = this.#take(bytes.length + SLACK_BYTES);
    this.#bytes().set(bytes, address);
    this.#cellRoom = Math.max(this.#cellRoom, bytes.length);
    return [address, bytes.length];
  }

  #writeQueue(key: Uint8Array): number {
    const address = this.#take(at.QUEUE_BYTES);
    const room = this.#take(key.length);
    const bytes = this.#bytes();
    bytes.set(key, room);
    this.#kernel.keyQueue(address, room);
    bytes.fill(0, room, room + key.length);
    key.fill(0);
    this.#cellRoom = Math.max(this.#cellRoom, at.TOKEN_ALPHABET.length);
    return address;
  }

  #take(size: number): number {
    const address = align(this.#pool);
    this.#pool = address + size;
    this.#grow(this.#pool + SLACK_BYTES);
    return address;
  }

  #bytes(): Uint8Array {
    this.#grow(at.POOL);
    return new Uint8Array(this.#kernel.memory.buffer);
  }

  #grow(size: number): void {
    const missing = size - this.#kernel.memory.buffer.byteLength;
    if (missing > 0) this.#kernel.memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}

function align(address: number): number {
  return (address + 15) & ~15;
}
