import { z } from 'zod';

import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { Mask } from '../../ports/mask.ts';
import { countCharacters } from '../kit/count-characters.ts';
import { textTypeOf, tooShortFor } from '../kit/fit-text.ts';
import { optionText } from '../kit/option-text.ts';
import { plainFlagOf } from '../kit/plain-flag.ts';
import { putSameValue } from '../kit/put-same-value.ts';

const options = z.strictObject({
  text: optionText
    .refine((text) => text !== '', 'must not be empty')
    .default('REDACTED')
    .meta({ title: 'Text put in place of every value' }),
});

export type RedactOptions = z.output<typeof options>;

/** Puts one text in place of every value of a text column; NULL stays NULL. */
export const redact: Mask<RedactOptions> = {
  id: 'redact',
  title: 'Redact',
  traits: { streamsLongCells: false, needsKey: false, makesNull: false, promise: 'constant' },
  options,
  fit(column, { text }) {
    const type = textTypeOf(column, 'Redact');
    if ('ok' in type) return type;
    const bytes = utf8(text);
    const unfit = tooShortFor(column, type, countCharacters(bytes, 0, bytes.length));
    return unfit ?? { ok: true, type, nullable: column.nullable };
  },
  kernel(_column, { text }) {
    const bytes = utf8(text);
    const value = { bytes, flags: plainFlagOf(bytes, 0, bytes.length), replacesNull: false };
    return { apply: (batch, column) => putSameValue(batch, column, value) };
  },
  program(_column, { text }) {
    return { op: 'constant', value: utf8(text), replacesNull: false };
  },
};
