import { z } from 'zod';

/** Options of the NDJSON format; the choices are explained in docs/formats/ndjson.md. */
export const ndjsonOptions = z.strictObject({
  bigNumbers: z
    .enum(['number', 'string'])
    .default('number')
    .meta({ title: 'Big numbers', description: '64-bit integers and long decimals as JSON numbers or as strings' }),
  bytes: z
    .enum(['hex', 'base64'])
    .default('hex')
    .meta({ title: 'Binary values', description: 'As hex digits or base64' }),
});

export type NdjsonOptions = z.output<typeof ndjsonOptions>;
