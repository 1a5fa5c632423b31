/**
 * The password file of libpq: `host:port:database:user:password`, `*` for any, `\\` before `:` and `\\` that are meant.
 * https://www.postgresql.org/docs/current/libpq-pgpass.html
 */

export interface PasswordWanted {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

export interface FoundPassword {
  readonly password: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Folders in which servers are built to keep their socket: a line for `localhost` holds for a socket in one of them. */
const USUAL_SOCKET_FOLDERS = ['/tmp', '/var/run/postgresql', '/run/postgresql'];

/** The password of the first line that fits; null: none does, or it is empty. */
export function findPassword(text: string, wanted: PasswordWanted): FoundPassword | null {
  const { host, port, database, user } = wanted;
  const hosts = USUAL_SOCKET_FOLDERS.includes(host.replace(/(?<=.)\/+$/, '')) ? [host, 'localhost'] : [host];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('#')) continue;
    const fields = fieldsOf(line.replace(/\r$/, ''));
    const [ofHost, ofPort, ofDatabase, ofUser, password] = fields;
    if (fields.length < 5 || password === undefined) continue;
    if (!hosts.some((each) => fits(ofHost, each)) || !fits(ofPort, String(port))) continue;
    if (!fits(ofDatabase, database) || !fits(ofUser, user)) continue;
    return password.value === '' ? null : { password: password.value, line: index + 1 };
  }
  return null;
}

interface Field {
  readonly value: string;
  /** A star without a backslash before it. */
  readonly isAny: boolean;
}

function fits(field: Field | undefined, value: string): boolean {
  return field !== undefined && (field.isAny || field.value === value);
}

/** Split at each colon that has no backslash before it; the password ends at such a colon, too. */
function fieldsOf(line: string): readonly Field[] {
  const fields: Field[] = [];
  let value = '';
  let isLiteral = false;
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (character === ':') {
      fields.push({ value, isAny: value === '*' && !isLiteral });
      value = '';
      isLiteral = false;
    } else if (character === '\\' && i + 1 < line.length) {
      value += line.charAt(++i);
      isLiteral = true;
    } else value += character;
  }
  return [...fields, { value, isAny: false }];
}
