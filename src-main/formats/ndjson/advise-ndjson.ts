import type { OutputColumn } from '../../../src-shared/model/compiled-plan.ts';
import type { LogicalKind } from '../../../src-shared/model/logical-type.ts';
import type { FormatAdvice, FormatLimit } from '../../ports/format.ts';
import type { NdjsonOptions } from './ndjson-options.ts';
import { isBigNumber } from './value-mode.ts';

const ofKind =
  (...kinds: readonly LogicalKind[]) =>
  ({ type }: OutputColumn): boolean =>
    kinds.includes(type.kind);

/** What JSON does not carry as it is, or not to every reader: docs/formats/ndjson.md. */
export function adviseNdjson(options: NdjsonOptions): FormatAdvice {
  const big: FormatLimit = {
    kind: 'reader',
    text: 'All digits are in the file, but readers that keep numbers as binary doubles round them without a word. Strings prevent it.',
    concerns: ({ type }) => isBigNumber(type),
  };
  return {
    options: {},
    limits: [
      { kind: 'changes', text: 'A JSON value null looks the same as NULL.', concerns: isNullableJson },
      { kind: 'refuses', text: 'A value that is not valid JSON ends the run.', concerns: ofKind('json') },
      ...(options.bigNumbers === 'number' ? [big] : []),
      {
        kind: 'reader',
        text: 'NaN and Infinity, for which JSON has no number, are strings of these names.',
        concerns: ofKind('float', 'decimal'),
      },
      {
        kind: 'reader',
        text: 'Dates, times and intervals are strings.',
        concerns: ofKind('timestamp', 'date', 'time', 'interval'),
      },
      {
        kind: 'reader',
        text: `Binary values are strings of ${options.bytes === 'hex' ? 'hex digits' : 'base64'}.`,
        concerns: ofKind('bytes'),
      },
    ],
  };
}

const isNullableJson = ({ type, nullable }: OutputColumn): boolean => type.kind === 'json' && nullable;
