import type { Compression } from '../../ports/compression.ts';
import type { FileDigester, RunningDigest } from '../../ports/digest.ts';
import type { FileWriter } from '../../ports/store.ts';
import { BlockSink } from './block-sink.ts';
import { CompressedOutput } from './compressed-output.ts';
import { FileOutput } from './file-output.ts';
import type { WrittenFile } from './table-job.ts';

export interface PartOutputOptions {
  readonly file: FileWriter;
  readonly digester: FileDigester;
  /** Of the bytes as they lie on disk. */
  readonly digest: RunningDigest;
  readonly compression: Compression | null;
  /** So many bytes of the file are safe on disk. */
  readonly onSafe: (bytes: number) => void;
}

/** What stands behind an encoder: its bytes are hashed, compressed where that is asked for, hashed as they lie on disk. */
export class PartOutput {
  /** The encoder's; its total is what was written before compression. */
  readonly sink: BlockSink;
  readonly #onDisk: BlockSink;
  readonly #compressed: CompressedOutput | null;

  constructor({ file, digester, digest, compression, onSafe }: PartOutputOptions) {
    this.#onDisk = new BlockSink({ digest, output: new FileOutput(file, onSafe) });
    this.#compressed = compression === null ? null : new CompressedOutput(compression, this.#onDisk);
    this.sink =
      this.#compressed === null ? this.#onDisk : new BlockSink({ digest: digester.begin(), output: this.#compressed });
  }

  /** Waits for all writes. Neither it nor `discard` closes the file. */
  async finish(): Promise<Pick<WrittenFile, 'bytes' | 'sha256' | 'plain'>> {
    if (this.#compressed === null) return await this.sink.finish();
    const plain = await this.sink.finish();
    await this.#compressed.finish();
    return { ...(await this.#onDisk.finish()), plain };
  }

  /** Never throws. */
  async discard(): Promise<void> {
    await this.sink.discard();
    if (this.sink !== this.#onDisk) await this.#onDisk.discard();
  }
}
