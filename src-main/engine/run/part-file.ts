import { join } from 'node:path';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { Encoder } from '../../ports/format.ts';
import type { WireWriter } from '../../ports/kernel.ts';
import type { FileWriter } from '../../ports/store.ts';
import { BlockSink } from './block-sink.ts';
import { cutBatch, cutBlock, type CutBatch } from './cut-batch.ts';
import { filePath } from './file-path.ts';
import { maskBatch } from './mask-batches.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { TableJob, WrittenFile } from './table-job.ts';

/**
 * One file of a table while it is written: `<name>.partial`, fsync, rename. It stands alone: its own header, its own count,
 * its own digest.
 */
export class PartFile {
  readonly #job: TableJob;
  readonly #env: RunEnvironment;
  readonly #path: string;
  readonly #partial: string;
  readonly #file: FileWriter;
  readonly #sink: BlockSink;
  readonly #encoder: Encoder;
  readonly #writer: WireWriter | null;
  #rows = 0;
  /** Most bytes that one piece became: the next may become as many. */
  #largest = 0;

  private constructor(job: TableJob, env: RunEnvironment, { path, file }: { path: string; file: FileWriter }) {
    this.#job = job;
    this.#env = env;
    this.#path = path;
    this.#partial = partialOf(env, path);
    this.#file = file;
    this.#sink = new BlockSink(file);
    this.#encoder = env.format.format.encoder(job.outputSchema, env.format.options, env.format.context);
    this.#writer = job.openWireWriter();
    this.#encoder.begin(this.#sink);
  }

  /** `part`: its number, counted from 1; null: the table is one file. */
  static async open(job: TableJob, env: RunEnvironment, part: number | null): Promise<PartFile> {
    const path = filePath(job.stem, env.format.format.extension, part);
    return new PartFile(job, env, { path, file: await env.store.create(partialOf(env, path)) });
  }

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#sink.total;
  }

  /** The form of the wire blocks it takes; `false`: cells alone. */
  get wire(): string | false {
    return this.#writer?.wire ?? false;
  }

  /** Nothing more fits, as far as the pieces up to now tell. An empty one takes a row however long that is. */
  isFull({ rows, bytes }: { readonly rows: number; readonly bytes: number }): boolean {
    return this.#rows > 0 && (this.#rows >= rows || this.bytes + this.#largest > bytes);
  }

  /** What of a piece still belongs here, by its rows. Both look into the piece; done with the first before the second. */
  cut(piece: RowBatch, rows: number): CutBatch {
    const room = rows - this.#rows;
    if (piece.rows <= room) return { here: piece, rest: null };
    if (isCells(piece)) return cutBatch(piece, room);
    return cutBlock(piece, room, this.#writer?.endOf(piece, room) ?? 0);
  }

  /** Masks, encodes and hashes. Returns the bytes that it became. */
  async write(piece: RowBatch): Promise<number> {
    const before = this.#sink.total;
    if (this.#writer === null || isCells(piece)) {
      maskBatch(piece, this.#job.masks);
      this.#encoder.encode(piece, this.#sink);
    } else {
      this.#writer.write(piece, this.#rows, this.#sink);
      this.#encoder.skip(piece.rows);
    }
    this.#rows += piece.rows;
    const bytes = this.#sink.total - before;
    this.#largest = Math.max(this.#largest, bytes);
    await this.#sink.drained();
    return bytes;
  }

  /** Gives it its final name once it is safe on disk. */
  async finish(): Promise<WrittenFile> {
    this.#encoder.end(this.#sink);
    const written = await this.#sink.finish();
    await this.#file.sync();
    await this.#file.close();
    await this.#env.store.renameNew(this.#partial, absolute(this.#env, this.#path));
    return { path: this.#path, ...written, rows: this.#rows };
  }

  /** Takes it away, as far as it got. */
  async discard(): Promise<void> {
    await this.#file.close();
    await this.#env.store.remove(this.#partial);
  }
}

/** Where a file of the package is while it is written. */
export function absolute({ folder }: RunEnvironment, path: string): string {
  return join(folder, ...path.split('/'));
}

const partialOf = (env: RunEnvironment, path: string): string => `${absolute(env, path)}.partial`;

/** Even where wire blocks are asked for, rows longer than a block come as fragments, or joined. */
function isCells(batch: RowBatch): boolean {
  return batch.fragment || batch.cells > 0;
}
