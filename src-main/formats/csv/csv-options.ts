import { z } from 'zod';
import { findContradictions } from './find-contradictions.ts';

const NAMED_LINE_ENDINGS: Readonly<Record<string, string>> = { lf: '\n', crlf: '\r\n', cr: '\r' };

/** Options of the CSV format: a profile, and what overrides it. */
export const csvOptions = z
  .strictObject({
    profile: z.string().optional().meta({ title: 'Reader the file is meant for' }),
    delimiter: z.string().optional().meta({ title: 'Between values' }),
    quote: z.string().optional().meta({ title: 'Around values that need it; empty: never' }),
    escape: z.string().optional().meta({ title: 'Before a quote inside a quoted value' }),
    null: z.string().max(64).optional().meta({ title: 'Text of NULL' }),
    header: z.boolean().optional().meta({ title: 'First line with column names' }),
    bom: z.boolean().optional().meta({ title: 'Byte order mark' }),
    lineEnding: z
      .string()
      .transform((text) => NAMED_LINE_ENDINGS[text] ?? text)
      .optional()
      .meta({ title: 'End of a line: lf, crlf or the characters' }),
    encoding: z.string().optional().meta({ title: 'Encoding, as a WHATWG label' }),
    formulaGuard: z.boolean().optional().meta({ title: "A ' before what a spreadsheet would run as a formula" }),
  })
  .superRefine((options, context) => {
    for (const { path, message } of findContradictions(options)) {
      context.addIssue({ code: 'custom', path: [path], message });
    }
  });

export type CsvOptions = z.output<typeof csvOptions>;
