import { appError } from '../../../src-shared/errors/app-error.ts';
import type { BatchSchema } from '../../../src-shared/model/row-batch.ts';
import type { Format } from '../../ports/format.ts';
import { adviseNdjson } from './advise-ndjson.ts';
import { NdjsonEncoder } from './ndjson-encoder.ts';
import { ndjsonOptions, type NdjsonOptions } from './ndjson-options.ts';
import { NdjsonReader } from './ndjson-reader.ts';

/** One JSON object per line. See docs/formats/ndjson.md. */
export const ndjson: Format<NdjsonOptions> = {
  id: 'ndjson',
  title: 'NDJSON',
  extension: '.ndjson',
  traits: { streamsLongCells: true, usesCsvProfiles: false },
  options: ndjsonOptions,
  describe(options) {
    return {
      format: 'ndjson',
      mediatype: 'application/x-ndjson',
      encoding: 'utf-8',
      dialect: { waybill: { bigNumbers: options.bigNumbers, bytes: options.bytes } },
    };
  },
  advise: adviseNdjson,
  encoder(schema, options) {
    refuseTwins(schema);
    return new NdjsonEncoder(schema, options);
  },
  reader(schema) {
    refuseTwins(schema);
    return new NdjsonReader(schema);
  },
};

// RFC 8259 §4: what a reader makes of equal names is not predictable; most keep one value.
function refuseTwins(schema: BatchSchema): void {
  const seen = new Set<string>();
  for (const { name } of schema.columns) {
    if (seen.has(name)) {
      throw appError('FORMAT/OPTION_INVALID', {
        message: `Two columns are named "${name}", and an object holds each name once.`,
        remedy: 'Give one of them another name in the query, or choose the format csv.',
        context: { column: name },
      });
    }
    seen.add(name);
  }
}
