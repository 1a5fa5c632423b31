import { appError } from '../../../src-shared/errors/app-error.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import type { UserFiles } from '../../ports/connector.ts';
import { postgresOptions, type PostgresOptions } from './options.ts';
import { findService, serviceNames } from './service-file.ts';
import { postgresUrl } from './url.ts';
import { readUserFile, userFile } from './user-file.ts';

export interface ReadService {
  /** What the service says of our options, by option. */
  readonly options: Partial<PostgresOptions>;
  /** Not used where the connection has one of its own. */
  readonly password: SecretText | null;
  readonly notes: readonly string[];
}

const PLACE = { variable: 'PGSERVICEFILE', usual: '.pg_service.conf', windows: '.pg_service.conf' };

/** What a section of the service file says. Throws `CONNECTION/OPTION_INVALID`. */
export async function readService(name: string, files: UserFiles): Promise<ReadService> {
  const file = userFile(files, PLACE);
  const { text } = await readUserFile(file, { isPrivate: false });
  if (text === null) {
    throw invalid({
      message: `The service ${name} is looked for in ${file.shown}, and there is no such file, or it cannot be read.`,
      remedy: 'Make the file, or give host, database and user instead of a service.',
    });
  }
  const said = findService(text, name);
  if (said === null) {
    const near = nearest(name, serviceNames(text));
    const remedy = near === undefined ? 'Add the section, or name another.' : `Did you mean ${near}?`;
    throw invalid({ message: `There is no service ${name} in ${file.shown}.`, remedy });
  }
  const { options, ignored } = optionsOf(said, { name, shown: file.shown });
  const kept = said.get('password') ?? '';
  // A password is only as good as the file that it stands in.
  const hidden = kept === '' ? null : await readUserFile(file, { isPrivate: true });
  return {
    options,
    password: hidden === null || hidden.text === null ? null : new SecretText(kept),
    notes: [
      `service ${name} of ${file.shown}`,
      ...(ignored.length === 0 ? [] : [`of the service ${name} not used: ${ignored.join(', ')}`]),
      ...(hidden?.text === null ? [`the password in ${file.shown} ${hidden.why ?? 'cannot be read'}`] : []),
    ],
  };
}

/** The keys are those of a connection URI, and mean the same. */
function optionsOf(
  said: ReadonlyMap<string, string>,
  { name, shown }: { readonly name: string; readonly shown: string },
): { readonly options: Partial<PostgresOptions>; readonly ignored: readonly string[] } {
  const found: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [key, value] of said) {
    // "The system's authorities", which is what holds without it.
    if (key === 'sslrootcert' && value === 'system') continue;
    const parameter = postgresUrl.parameters[key];
    if (parameter === undefined) ignored.push(key);
    else if (parameter.option !== 'password' && value !== '') {
      const meant = parameter.values === undefined ? value : parameter.values[value.toLowerCase()];
      if (meant === undefined) throw wrong(key, value);
      if (meant !== null) found[parameter.option] = meant;
    }
  }
  const parsed = postgresOptions.safeParse({ ...found, service: name });
  if (parsed.success) {
    const { service: _name, ...options } = parsed.data;
    return { options, ignored };
  }
  const [issue] = parsed.error.issues;
  throw wrong(String(issue?.path[0] ?? 'option'), issue?.message ?? '');

  function wrong(key: string, what: string): Error {
    return invalid({
      message: `The service ${name} in ${shown} gives a ${key} that cannot be used: ${what}.`,
      remedy: 'Correct the file, or give the option yourself: it counts over the service.',
    });
  }
}

function invalid(details: { readonly message: string; readonly remedy: string }): Error {
  return appError('CONNECTION/OPTION_INVALID', { ...details, context: { option: 'service' } });
}
