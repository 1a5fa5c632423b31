import { appError } from '../../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { OpenContext, UserFiles } from '../../ports/connector.ts';
import { certificateFaults } from '../kit/connection-options.ts';
import type { TlsChoice } from '../kit/session-tls.ts';
import { USUAL_PORT, type PostgresOptions } from './options.ts';
import { findPassword, type PasswordWanted } from './password-file.ts';
import { readService } from './read-service.ts';
import { readUserFile, userFile } from './user-file.ts';

/** Where a connection leads and as whom, everything that a service names filled in. */
export interface PostgresLogin extends PasswordWanted, TlsChoice {
  readonly channelBinding: 'prefer' | 'require' | 'disable';
  /** The password, asked for only when the server wants one. Throws `SOURCE/AUTH_REFUSED` when there is none. */
  readonly password: () => Promise<string>;
  /** What it all rests on beside the connection's own options; grows when the password is looked up. */
  readonly notes: readonly string[];
}

const NOWHERE: UserFiles = { home: '/nonexistent', environment: {} };

/** What is given counts over the service; a stored password over that of the service, and this one over the password file. */
export async function resolveLogin(
  given: PostgresOptions,
  stored: SecretText | null,
  { userFiles = NOWHERE }: Pick<OpenContext, 'userFiles'>,
): Promise<PostgresLogin> {
  const service = given.service === undefined ? null : await readService(given.service, userFiles);
  const options = { ...service?.options, ...definedOnly(given) };
  const { host, port = USUAL_PORT, database, user, tls, ca, cert, key } = options;
  if (host === undefined || database === undefined || user === undefined)
    throw missing({ host, database, user }, given.service ?? '');
  const [fault] = certificateFaults(options);
  if (fault !== undefined) {
    throw appError('CONNECTION/OPTION_INVALID', {
      message: `The option ${fault[0]} ${fault[1]}.`,
      remedy: 'Correct it in the connection or in the service file.',
      context: { option: fault[0] },
    });
  }
  const notes = [...(service?.notes ?? [])];
  const wanted = { host, port, database, user };
  const password = async (): Promise<string> => {
    if (stored !== null) return stored.reveal();
    const said = service?.password ?? null;
    if (said !== null) {
      notes.push(`password from the service ${given.service}`);
      return said.reveal();
    }
    return passwordFromFile(wanted, { userFiles, notes });
  };
  return { ...wanted, tls, ca, cert, key, channelBinding: options.channelBinding ?? 'prefer', password, notes };
}

function definedOnly(given: PostgresOptions): PostgresOptions {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

async function passwordFromFile(
  wanted: PasswordWanted,
  { userFiles, notes }: { readonly userFiles: UserFiles; readonly notes: string[] },
): Promise<string> {
  const file = userFile(userFiles, { variable: 'PGPASSFILE', usual: '.pgpass', windows: 'pgpass.conf' });
  const read = await readUserFile(file, { isPrivate: true });
  const found = read.text === null ? null : findPassword(read.text, wanted);
  if (found !== null) {
    notes.push(`password from ${file.shown}, line ${found.line}`);
    return found.password;
  }
  const why = read.text === null ? (read.why ?? null) : 'has no line for it';
  throw appError('SOURCE/AUTH_REFUSED', {
    message: `The server asks for a password of ${wanted.user}, and the connection has none.${
      why === null ? '' : ` ${file.shown} ${why}.`
    }`,
    remedy: `Store the password of the connection${
      why?.startsWith('was ignored') === true ? `, or make the file yours alone: chmod 600 ${file.path}` : ''
    }.`,
  });
}

function missing(named: Readonly<Record<string, string | undefined>>, service: string): Error {
  const [first = ''] = Object.keys(named).filter((option) => named[option] === undefined);
  return appError('CONNECTION/OPTION_INVALID', {
    message: `Neither the connection nor its service ${service} names a ${first}.`,
    remedy: `Add ${first === 'database' ? 'dbname' : first} to the service, or give --${first}.`,
    context: { option: first },
  });
}
