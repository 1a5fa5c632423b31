import { z } from 'zod';
import { describeType } from '../../../src-shared/model/logical-type.ts';

import { fromHex } from '../../../src-shared/util/hex.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { Mask } from '../../ports/mask.ts';
import { optionText } from '../kit/option-text.ts';
import { plainFlagOf } from '../kit/plain-flag.ts';
import { putSameValue } from '../kit/put-same-value.ts';
import { canonicalTextProblem } from './canonical-text.ts';

const options = z.strictObject({
  // YAML gives `0` and `true` as what they are; numbers whose text could be lost (1.10, 20 digits) must be quoted.
  value: z
    .union([optionText, z.boolean().transform(String), z.int().transform(String)])
    .meta({ title: 'Value put in place of every other, as text' }),
  replaceNull: z.boolean().default(false).meta({ title: 'Also put it where the value is NULL' }),
});

export type ConstantOptions = z.output<typeof options>;

/** Puts one value of the column's own type in place of every value. NULL stays NULL unless `replaceNull`. */
export const constant: Mask<ConstantOptions> = {
  id: 'constant',
  title: 'Constant',
  traits: { streamsLongCells: false, needsKey: false, makesNull: false, promise: 'constant' },
  options,
  fit(column, { value, replaceNull }) {
    const problem = canonicalTextProblem(value, column.type);
    if (problem === null) return { ok: true, type: column.type, nullable: column.nullable && !replaceNull };
    return {
      ok: false,
      why: `The constant does not fit ${column.name}, which is ${describeType(column.type)}: ${problem.why}.`,
      remedy: `Write ${problem.remedy}.`,
    };
  },
  kernel(column, { value, replaceNull }) {
    // Where the column travels as raw bytes the cells to come must be raw too.
    const raw = column.form === 'raw' ? fromHex(value) : undefined;
    const bytes = raw ?? utf8(value);
    // row-batch.md §3: PLAIN never goes with raw bytes.
    const flags = raw === undefined ? plainFlagOf(bytes, 0, bytes.length) : 0;
    const same = { bytes, flags, replacesNull: replaceNull };
    return { apply: (batch, index) => putSameValue(batch, index, same) };
  },
  program(column, { value, replaceNull }) {
    return column.form === 'raw' ? null : { op: 'constant', value: utf8(value), replacesNull: replaceNull };
  },
};
