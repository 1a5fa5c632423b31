import { appError } from '../../../src-shared/errors/app-error.ts';
import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import type { FormatContext } from '../../ports/format.ts';
import { encodingName } from '../kit/text-encoding.ts';
import type { CsvOptions } from './csv-options.ts';
import { findContradictions } from './find-contradictions.ts';
import { ownProfiles } from './own-profiles.ts';

export const USUAL_PROFILE = 'rfc4180';

/** The profile a file is written in: the chosen one with the options over it. Contradictions: `FORMAT/OPTION_INVALID`. */
export function resolveProfile(options: CsvOptions, context: FormatContext): CsvProfile {
  const profile = mergeProfile(options, context);
  const [contradiction] = findContradictions(profile);
  if (contradiction !== undefined) {
    throw appError('FORMAT/OPTION_INVALID', {
      message: `format.${contradiction.path} ${contradiction.message} (profile ${profile.id}).`,
      remedy: `Change ${contradiction.path}, or choose another profile than ${profile.id}.`,
      context: { option: contradiction.path, profile: profile.id },
    });
  }
  return { ...profile, encoding: encodingName(profile.encoding) ?? profile.encoding };
}

/** The chosen profile with the options over it, whether or not they go together. */
export function mergeProfile(options: CsvOptions, context: FormatContext): CsvProfile {
  const base = chosenProfile(options.profile ?? USUAL_PROFILE, context);
  const quote = options.quote ?? base.quote;
  return {
    ...base,
    delimiter: options.delimiter ?? base.delimiter,
    quote,
    escape: options.escape ?? defaultEscape(base, quote),
    null: options.null ?? base.null,
    header: options.header ?? base.header,
    bom: options.bom ?? base.bom,
    lineEnding: options.lineEnding ?? base.lineEnding,
    encoding: options.encoding ?? base.encoding,
    formulaGuard: options.formulaGuard ?? base.formulaGuard,
    quoting: quotingFor(base, quote),
  };
}

function chosenProfile(id: string, context: FormatContext): CsvProfile {
  const profile = ownProfiles.get(id) ?? context.profiles.get(id);
  if (profile !== undefined) return profile;
  const known = [...new Set([...ownProfiles.keys(), ...context.profiles.keys()])];
  const meant = nearest(id, known);
  throw appError('FORMAT/OPTION_INVALID', {
    message: `There is no CSV profile ${JSON.stringify(id)}.`,
    remedy: meant === undefined ? `Choose one of: ${known.join(', ')}.` : `Did you mean ${meant}?`,
    context: { option: 'profile', profile: id },
  });
}

/** Doubling follows the quote that is doubled. */
function defaultEscape(base: CsvProfile, quote: string): string {
  return base.escape === base.quote ? quote : base.escape;
}

function quotingFor(base: CsvProfile, quote: string): CsvProfile['quoting'] {
  if (quote === '') return 'never';
  return base.quoting === 'never' ? 'needed' : base.quoting;
}
