import { resolve } from 'node:path';
import { z } from 'zod';

/** `file` is saved as an absolute path, whatever folder the connection was added from. */
export const sqliteOptions = z.strictObject({
  file: z
    .string()
    .min(1)
    .refine((path) => !path.includes('\0'), 'must not hold a NUL character')
    .transform((path) => resolve(path))
    .meta({ title: 'File', flag: 'file' }),
});

export type SqliteOptions = z.infer<typeof sqliteOptions>;
