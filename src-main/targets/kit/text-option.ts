import { z } from 'zod';

/** An option that is text for the system: never empty, no control character. */
export function textOption(title: string, flag: string) {
  return z
    .string()
    .min(1)
    .refine((value) => !/\p{Cc}/u.test(value), 'must not hold a control character')
    .meta({ title, flag });
}
