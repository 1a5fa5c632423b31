import type { z } from 'zod';
import { optionFields } from './option-fields.ts';

/** The title of the secret that may lock what these options name, such as a key file or a wallet; null: they name none. */
export function keySecretTitle(schema: z.ZodType, options: Readonly<Record<string, unknown>>): string | null {
  const named = optionFields(schema).find(({ property, secret }) => secret !== null && options[property] !== undefined);
  return named?.secret ?? null;
}
