import { z } from 'zod';
import { findContradictions } from './find-contradictions.ts';

const NAMED_LINE_ENDINGS: Readonly<Record<string, string>> = { lf: '\n', crlf: '\r\n', cr: '\r' };

/** Options of the CSV format: a profile, and what overrides it. */
export const csvOptions = z
  .strictObject({
    profile: z.string().optional().meta({ title: 'Profile', description: 'The reader that the file is meant for' }),
    delimiter: z.string().optional().meta({ title: 'Delimiter', description: 'Between values', characters: true }),
    quote: z.string().optional().meta({
      title: 'Quote',
      description: 'Around values that need it',
      characters: true,
      empty: 'never quoted',
    }),
    escape: z.string().optional().meta({
      title: 'Escape',
      description: 'Before a quote inside a quoted value',
      characters: true,
      empty: 'none',
    }),
    null: z
      .string()
      .max(64)
      .optional()
      .meta({ title: 'NULL', description: 'The text of NULL, never quoted', characters: true, empty: 'nothing' }),
    header: z.boolean().optional().meta({ title: 'Header', description: 'A first line with the column names' }),
    bom: z.boolean().optional().meta({ title: 'Byte order mark', description: 'For UTF-8 and UTF-16 only' }),
    lineEnding: z
      .string()
      .transform((text) => NAMED_LINE_ENDINGS[text] ?? text)
      .optional()
      .meta({ title: 'Line ending', description: 'lf, crlf, cr or the characters', characters: true }),
    encoding: z.string().optional().meta({ title: 'Encoding', description: 'As a WHATWG label' }),
    formulaGuard: z
      .boolean()
      .optional()
      .meta({ title: 'Formula guard', description: "A ' before what a spreadsheet would run as a formula" }),
  })
  .superRefine((options, context) => {
    for (const { path, message } of findContradictions(options)) {
      context.addIssue({ code: 'custom', path: [path], message });
    }
  });

export type CsvOptions = z.output<typeof csvOptions>;
