import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import type { FormatAdvice, FormatContext, OptionAdvice } from '../../ports/format.ts';
import { ENCODINGS } from '../kit/text-encoding.ts';
import type { CsvOptions } from './csv-options.ts';
import { csvLimits } from './csv-limits.ts';
import { ownProfiles } from './own-profiles.ts';
import { mergeProfile, USUAL_PROFILE } from './resolve-profile.ts';

/** What each option comes to under the chosen profile, and what a file so written does not carry. */
export function adviseCsv(options: CsvOptions, context: FormatContext): FormatAdvice {
  const usual = mergeProfile({ profile: options.profile }, context);
  // Doubling follows the quote that is doubled.
  const { escape } = mergeProfile({ ...options, escape: undefined }, context);
  return {
    options: {
      profile: { usual: USUAL_PROFILE, choices: profileChoices(context) },
      ...usualOf({ ...usual, escape }),
      encoding: { usual: usual.encoding, choices: ENCODINGS.map((value) => ({ value, title: value })) },
    },
    limits: csvLimits(mergeProfile(options, context)),
  };
}

function profileChoices(context: FormatContext): NonNullable<OptionAdvice['choices']> {
  const all = new Map([...ownProfiles, ...context.profiles]);
  return [...all.values()].map(({ id, title }) => ({ value: id, title: `${id}: ${title}` }));
}

function usualOf(profile: CsvProfile): Readonly<Record<string, OptionAdvice>> {
  const { delimiter, quote, escape, null: nullText, header, bom, lineEnding, formulaGuard } = profile;
  const values = { delimiter, quote, escape, null: nullText, header, bom, lineEnding, formulaGuard };
  return Object.fromEntries(Object.entries(values).map(([option, usual]) => [option, { usual }]));
}
