import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';

/** Where in the form an error belongs, by its code: the first of these that the form has. */
const PLACES: Readonly<Partial<Record<ErrorCode, readonly string[]>>> = {
  'CLI/USAGE': ['name'],
  'CONNECTION/EXISTS': ['name'],
  'CONNECTION/ABSENT': ['name'],
  'SOURCE/UNREACHABLE': ['host', 'file'],
  'SOURCE/CONNECTION_LOST': ['host', 'file'],
  'SOURCE/TIMEOUT': ['host', 'file'],
  'SOURCE/PROTOCOL': ['port', 'file'],
  'SOURCE/AUTH_REFUSED': ['password', 'user'],
  'SOURCE/DATABASE_ABSENT': ['database', 'file'],
  'SOURCE/TLS_REFUSED': ['tls'],
  'TUNNEL/UNREACHABLE': ['tunnel.host'],
  'TUNNEL/CONNECTION_LOST': ['tunnel.host'],
  'TUNNEL/FAILED': ['tunnel.host'],
  'TUNNEL/FORWARD_REFUSED': ['tunnel.user'],
  'TUNNEL/AUTH_REFUSED': ['tunnel.password', 'tunnel.passphrase', 'tunnel.agent'],
  'TUNNEL/DATABASE_UNREACHABLE': ['host'],
  'SPOOL/ABSENT': ['ca', 'file'],
  'SPOOL/READ_DENIED': ['ca', 'file'],
  'SPOOL/READ_FAILED': ['ca', 'file'],
  'VAULT/LOCKED': ['store'],
  'VAULT/UNAVAILABLE': ['store'],
  'VAULT/SECRET_ABSENT': ['password'],
  'VAULT/SECRET_UNREADABLE': ['store'],
};

/** The field at which an error is said, those of the tunnel after `tunnel.`; null: it belongs to none and is said below the form. */
export function placeOfFault({ code, context }: WireError, fields: ReadonlySet<string>): string | null {
  if (code === 'CONNECTION/OPTION_INVALID') return named(context['option'], fields);
  if (code === 'TUNNEL/OPTION_INVALID') {
    const option = `tunnel.${String(context['option'])}`;
    return fields.has(option) ? option : null;
  }
  // Of the secrets of a connection it is said which one is gone.
  const own = code === 'VAULT/SECRET_ABSENT' ? named(context['option'], fields) : null;
  return own ?? PLACES[code]?.find((field) => fields.has(field)) ?? null;
}

function named(option: unknown, fields: ReadonlySet<string>): string | null {
  return typeof option === 'string' && fields.has(option) ? option : null;
}
