import { z } from 'zod';
import { appError, bug } from '../../../src-shared/errors/app-error.ts';
import type { BatchColumn } from '../../../src-shared/model/row-batch.ts';
import type { Mask, MaskContext } from '../../ports/mask.ts';
import { textTypeOf, tooShortFor } from '../kit/fit-text.ts';
import { deriveKey } from './derive-key.ts';
import { Normalizer } from './normalizer.ts';
import { PseudonymKernel } from './pseudonym-kernel.ts';
import { TOKEN_CHARACTERS } from './token.ts';

const options = z.strictObject({
  class: z
    .string()
    .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, 'must be lower-case words joined by dots, like person.email')
    .max(64)
    .meta({ title: 'Meaning of the column, like person.email: equal values of one class get one token' }),
  normalize: z
    .array(z.enum(['nfc', 'trim', 'lower']))
    .refine((steps) => new Set(steps).size === steps.length, 'must not name a step twice')
    .default([])
    .meta({ title: 'What is evened out before the token is made' }),
});

export type PseudonymOptions = z.output<typeof options>;

/** Puts a keyed token in place of every text (docs/spec/pseudonym.md): equal values keep being equal, `''` included. */
export const pseudonym: Mask<PseudonymOptions> = {
  id: 'pseudonym',
  title: 'Pseudonym',
  traits: { streamsLongCells: false, needsKey: true, makesNull: false, promise: 'deterministic' },
  options,
  fit(column) {
    const type = textTypeOf(column, 'Pseudonym');
    if ('ok' in type) return type;
    return tooShortFor(column, type, TOKEN_CHARACTERS) ?? { ok: true, type, nullable: column.nullable };
  },
  kernel(column, { class: meaning, normalize }, context) {
    const key = keyFor(column, meaning, context);
    const kernel = new PseudonymKernel(key, new Normalizer(normalize, column.name));
    key.fill(0);
    return kernel;
  },
  program(column, { class: meaning, normalize }, context) {
    return normalize.length > 0 ? null : { op: 'token', key: keyFor(column, meaning, context) };
  },
};

function keyFor(column: BatchColumn, meaning: string, { pseudonym: purpose }: MaskContext): Uint8Array {
  if (purpose === undefined) {
    throw appError('MASK/KEY_MISSING', {
      message: `The mask pseudonym of ${column.name} has no key.`,
      remedy: 'Name a key in the plan (pseudonyms: { key: … }) and make it: waybill key add NAME.',
      context: { column: column.name },
    });
  }
  if (purpose.class !== meaning) throw bug('a pseudonym mask was given the key purpose of another class');
  return deriveKey(purpose);
}
