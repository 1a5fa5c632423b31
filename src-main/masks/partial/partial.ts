import { z } from 'zod';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { Mask } from '../../ports/mask.ts';
import { textTypeOf } from '../kit/fit-text.ts';
import { optionText } from '../kit/option-text.ts';
import { PartialKernel } from './partial-kernel.ts';

const kept = z.int().min(0).max(1_000_000).default(0);

const options = z
  .strictObject({
    keepFirst: kept.meta({ title: 'Characters kept at the start' }),
    keepLast: kept.meta({ title: 'Characters kept at the end' }),
    character: optionText
      .regex(/^[^\p{C}\p{M}\p{Z}]$/u, 'must be one visible character of its own')
      .default('*')
      .meta({ title: 'Character put in place of each hidden one' }),
  })
  .refine(({ keepFirst, keepLast }) => keepFirst + keepLast > 0, 'must have a keepFirst or keepLast of at least 1');

export type PartialOptions = z.output<typeof options>;

/**
 * Shows the first and last characters of a text and covers the others one by one. Never shows more than half of a value:
 * where the characters to keep are more, the whole value is covered. NULL stays NULL, `''` stays `''`.
 */
export const partial: Mask<PartialOptions> = {
  id: 'partial',
  title: 'Partial',
  traits: { streamsLongCells: false, needsKey: false, makesNull: false, promise: 'shortened' },
  options,
  fit(column) {
    const type = textTypeOf(column, 'Partial');
    return 'ok' in type ? type : { ok: true, type, nullable: column.nullable };
  },
  kernel(_column, { keepFirst, keepLast, character }) {
    return new PartialKernel({ keepFirst, keepLast, cover: utf8(character) });
  },
  program(_column, { keepFirst, keepLast, character }) {
    return { op: 'partial', keepFirst, keepLast, cover: utf8(character) };
  },
};
