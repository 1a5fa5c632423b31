import type { z } from 'zod';
import type { CsvProfile } from '../../src-shared/model/csv-profile.ts';
import type { BatchSchema, RowBatch } from '../../src-shared/model/row-batch.ts';
import type { ByteSink } from './byte-sink.ts';
import type { DelimitedLayout } from './kernel.ts';

export interface FormatTraits {
  /** Takes fragment batches (row-batch.md §5). Otherwise the engine joins them, up to `limits.cellBytes`. */
  readonly streamsLongCells: boolean;
  /** The format is text in a chosen encoding and takes the CSV profiles. */
  readonly usesCsvProfiles: boolean;
}

/** What a format may know of its surroundings. */
export interface FormatContext {
  /** Profiles of the known readers by id, from the connectors' folders and the format's own. */
  readonly profiles: ReadonlyMap<string, CsvProfile>;
}

/** Writes one part file. Calls come in order: `begin`, any number of `encode`, `end`. Synchronous; never keeps a batch. */
export interface Encoder {
  begin(out: ByteSink): void;
  encode(batch: RowBatch, out: ByteSink): void;
  /** Counts rows of this part file that a fused kernel wrote: rows are named by their number in messages. */
  skip(rows: number): void;
  end(out: ByteSink): void;
  /** The same as data for fused kernels; null: these options or columns need the encoder itself. */
  readonly layout: DelimitedLayout | null;
}

/**
 * Reads a part file back, independent of the encoder's code, and counts records. Throws `RUN/READ_BACK_MISMATCH` when a
 * record does not have the shape the schema promises (number of fields, header, balanced quotes, whole last record).
 */
export interface RecordReader {
  push(chunk: Uint8Array): void;
  finish(): { readonly records: number };
}

/** A file format. Options are validated by `options` before anything else is called. */
export interface Format<Options = unknown> {
  readonly id: string;
  readonly title: string;
  /** With its dot: `.csv`. */
  readonly extension: string;
  readonly traits: FormatTraits;
  readonly options: z.ZodType<Options>;
  /** Fields of the descriptor that tell a reader how to read the file (Data Package v2: format, mediatype, encoding, dialect). */
  describe(options: Options, context: FormatContext): FormatDescription;
  encoder(schema: BatchSchema, options: Options, context: FormatContext): Encoder;
  reader(schema: BatchSchema, options: Options, context: FormatContext): RecordReader;
}

export interface FormatDescription {
  readonly format: string;
  readonly mediatype: string;
  readonly encoding: string;
  readonly dialect?: Readonly<Record<string, unknown>>;
  /** Field formats of the Table Schema that differ from its defaults, by logical kind. */
  readonly trueValues?: readonly string[];
  readonly falseValues?: readonly string[];
  readonly missingValues?: readonly string[];
}
