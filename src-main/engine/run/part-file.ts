import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { PieceSize } from '../../ports/connector.ts';
import type { Encoder } from '../../ports/format.ts';
import type { WireWriter } from '../../ports/kernel.ts';
import type { FileReader, FileWriter } from '../../ports/store.ts';
import { cutBatch, cutBlock, type CutBatch } from './cut-batch.ts';
import { divideBatch } from './divide-batch.ts';
import { absolute, filePath } from './file-path.ts';
import { maskBatch } from './mask-batches.ts';
import { PartOutput } from './part-output.ts';
import { ReadBehind } from './read-behind.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { TableJob, WrittenFile } from './table-job.ts';

/** A file under its final name, and what is still to be read of it again. */
export interface FinishedPart {
  readonly file: WrittenFile;
  /** Let go of by {@link checkPart}; otherwise to be closed. */
  readonly behind: ReadBehind;
}

/**
 * One file of a table while it is written: `<name>.partial`, fsync, rename. It stands alone: its own header, its own count,
 * its own digest. It is read again while it grows.
 */
export class PartFile {
  readonly #job: TableJob;
  readonly #env: RunEnvironment;
  readonly #path: string;
  readonly #partial: string;
  readonly #file: FileWriter;
  readonly #behind: ReadBehind;
  readonly #output: PartOutput;
  readonly #encoder: Encoder;
  readonly #writer: WireWriter | null;
  #rows = 0;
  /** Most bytes that one piece became: the next may become as many. */
  #largest = 0;

  private constructor(job: TableJob, env: RunEnvironment, { path, file, reader }: OpenFile) {
    const { format, options, context } = env.format;
    this.#job = job;
    this.#env = env;
    this.#path = path;
    this.#partial = partialOf(env, path);
    this.#file = file;
    const compression = env.compression ?? null;
    const records = format.reader(job.outputSchema, options, context);
    const { digester } = env;
    const { written: digest, again: match } = digester.beginPair();
    const behind = new ReadBehind({ file: reader, match, records, compression });
    this.#behind = behind;
    this.#output = new PartOutput({ file, digester, digest, compression, onSafe: (bytes) => behind.upTo(bytes) });
    this.#encoder = format.encoder(job.outputSchema, options, context);
    this.#writer = job.openWireWriter();
    this.#encoder.begin(this.#output.sink);
  }

  /** `part`: its number, counted from 1; null: the table is one file. */
  static async open(job: TableJob, env: RunEnvironment, part: number | null): Promise<PartFile> {
    const path = filePath(job.stem, env.extension, part);
    const partial = partialOf(env, path);
    const file = await env.store.create(partial, { bulk: true });
    try {
      return new PartFile(job, env, { path, file, reader: await env.store.read.open(partial) });
    } catch (error) {
      await file.close();
      await env.store.remove(partial);
      throw error;
    }
  }

  get rows(): number {
    return this.#rows;
  }

  /** Before compression. */
  get bytes(): number {
    return this.#output.sink.total;
  }

  /** The form of the wire blocks it takes; `false`: cells alone. */
  get wire(): string | false {
    return this.#writer?.wire ?? false;
  }

  /** Nothing more fits, as far as the pieces up to now tell. An empty one takes a row however long that is. */
  isFull({ rows, bytes }: { readonly rows: number; readonly bytes: number }): boolean {
    return this.#rows > 0 && (this.#rows >= rows || this.bytes + this.#largest > bytes);
  }

  /** What a batch is written in, this part and those behind it; as {@link divideBatch}. */
  pieces(batch: RowBatch, size: PieceSize | null): Generator<RowBatch> {
    const writer = this.#writer;
    return divideBatch(batch, size, writer === null ? undefined : (block, rows) => writer.endOf(block, rows));
  }

  /** What of a piece still belongs here, by its rows. Both look into the piece; done with the first before the second. */
  cut(piece: RowBatch, rows: number): CutBatch {
    const room = rows - this.#rows;
    if (piece.rows <= room) return { here: piece, rest: null };
    if (isCells(piece)) return cutBatch(piece, room);
    return cutBlock(piece, room, this.#writer?.endOf(piece, room) ?? 0);
  }

  /** Masks, encodes and hashes. Returns the bytes that it became, before compression. */
  async write(piece: RowBatch): Promise<number> {
    const { sink } = this.#output;
    const before = sink.total;
    if (this.#writer === null || isCells(piece)) {
      maskBatch(piece, this.#job.masks);
      this.#encoder.encode(piece, sink);
    } else {
      this.#writer.write(piece, this.#rows, sink);
      this.#encoder.skip(piece.rows);
    }
    this.#rows += piece.rows;
    const bytes = sink.total - before;
    this.#largest = Math.max(this.#largest, bytes);
    await sink.drained();
    return bytes;
  }

  /** Gives it its final name once it is safe on disk. The part is done with, and what is still to be read is its caller's. */
  async finish(): Promise<FinishedPart> {
    this.#encoder.end(this.#output.sink);
    if (this.#writer !== null) this.#job.closeWireWriter?.(this.#writer);
    const written = await this.#output.finish();
    await this.#file.sync();
    await this.#file.close();
    await this.#env.store.renameNew(this.#partial, absolute(this.#env.folder, this.#path));
    return { file: { path: this.#path, ...written, rows: this.#rows }, behind: this.#behind };
  }

  /** Takes it away, as far as it got. */
  async discard(): Promise<void> {
    await this.#output.discard();
    await this.#behind.close();
    await this.#file.close();
    await this.#env.store.remove(this.#partial);
  }
}

interface OpenFile {
  readonly path: string;
  readonly file: FileWriter;
  readonly reader: FileReader;
}

const partialOf = (env: RunEnvironment, path: string): string => `${absolute(env.folder, path)}.partial`;

/** Even where wire blocks are asked for, rows longer than a block come as fragments, or joined. */
function isCells(batch: RowBatch): boolean {
  return batch.fragment || batch.cells > 0;
}
