import type { z } from 'zod';
import type { OutputColumn } from '../../src-shared/model/compiled-plan.ts';
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

/** What can be chosen of a format, and what comes of it. Options are validated by `options` before anything else is called. */
export interface FormatChoices<Options> {
  readonly options: z.ZodType<Options>;
  /** Fields of the descriptor that tell a reader how to read the file (Data Package v2: format, mediatype, encoding, dialect). */
  describe(options: Options, context: FormatContext): FormatDescription;
  /** What a person who chooses these options should know. Options that contradict each other are advised on too. */
  advise(options: Options, context: FormatContext): FormatAdvice;
}

/** A file format. */
export interface Format<Options = unknown> extends FormatChoices<Options> {
  readonly id: string;
  readonly title: string;
  /** With its dot: `.csv`. */
  readonly extension: string;
  readonly traits: FormatTraits;
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

export interface FormatAdvice {
  /** By option; one without advice speaks for itself. */
  readonly options: Readonly<Record<string, OptionAdvice>>;
  readonly limits: readonly FormatLimit[];
}

export interface OptionAdvice {
  /** What holds where the option is not given, beside the others that are. */
  readonly usual?: string | boolean;
  readonly choices?: readonly { readonly value: string; readonly title: string }[];
}

/**
 * Where a file is not simply what the source has. `changes`: values are written otherwise. `refuses`: a value that cannot be
 * written ends the run. `reader`: the file is exact, but not every reader takes it so.
 */
export interface FormatLimit {
  readonly kind: 'changes' | 'refuses' | 'reader';
  /** One sentence for people. */
  readonly text: string;
  /** Whether a column of a table is concerned; absent: it is the file as a whole. */
  readonly concerns?: (column: OutputColumn, all: readonly OutputColumn[]) => boolean;
}
