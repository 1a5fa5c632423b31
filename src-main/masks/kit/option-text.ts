import { z } from 'zod';

/** Text that may stand in a cell: no NUL, which databases refuse, and no half of a surrogate pair, which UTF-8 cannot hold. */
export const optionText = z
  .string()
  .refine((text) => !text.includes('\0'), 'must not hold the NUL character')
  .refine((text) => text.isWellFormed(), 'must be well-formed Unicode');
