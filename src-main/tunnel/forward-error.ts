import { appError, isAppError, type AppError } from '../../src-shared/errors/app-error.ts';
import type { Place } from '../ports/tunnel.ts';
import { placeText } from '../ssh/ssh-words.ts';

/** Why a channel was not opened, by the protocol's numbers (RFC 4254 §5.1). */
const PROHIBITED = 1;
const CONNECT_FAILED = 2;
const UNKNOWN_TYPE = 3;

/** What servers say, in our words: theirs are untrusted, and differ. */
const REASONS: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [/refused/i, 'it refuses the connection'],
  [/timed? ?out/i, 'it does not answer in time'],
  [/not known|resolution|resolve|no address/i, 'its name is not known there'],
  [/no route|unreachable/i, 'no way leads to it'],
];

/** The SSH server opened no way to the database. `where` is the SSH server. */
export function forwardError(error: unknown, { through, to }: { through: string; to: Place }): AppError {
  const { reason, message } = (error ?? {}) as { reason?: unknown; message?: unknown };
  const context = { through, database: placeText(to) };
  if (reason === PROHIBITED || reason === UNKNOWN_TYPE) {
    return appError('TUNNEL/FORWARD_REFUSED', {
      message: `The SSH server ${through} opens no way to ${placeText(to)}: it does not let this user forward.`,
      remedy: 'Have its operator allow it (AllowTcpForwarding, PermitOpen), or log in there as another user.',
      context,
    });
  }
  if (reason === CONNECT_FAILED) {
    const said = typeof message === 'string' ? message : '';
    return databaseUnreachable(REASONS.find(([pattern]) => pattern.test(said))?.[1], { through, to });
  }
  return appError('TUNNEL/FAILED', {
    message: `The SSH server ${through} opens no way to ${placeText(to)} now.`,
    remedy: 'Try again later, or ask its operator.',
    context,
    cause: error,
  });
}

/** The database cannot be reached from the SSH server. */
export function databaseUnreachable(
  cause: string | undefined,
  { through, to }: { through: string; to: Place },
): AppError {
  return appError('TUNNEL/DATABASE_UNREACHABLE', {
    message: `The SSH server ${through} cannot reach ${placeText(to)}${cause === undefined ? '' : `: ${cause}`}.`,
    remedy: 'Check host and port of the connection as the SSH server sees them, and that the database runs.',
    context: { through, database: placeText(to) },
  });
}

/** The next SSH server of the way cannot be reached from the one before it. */
export function hopError(error: unknown, { through, to }: { through: string; to: Place }): unknown {
  if (!isAppError(error, 'TUNNEL/DATABASE_UNREACHABLE')) return error;
  return appError('TUNNEL/UNREACHABLE', {
    message: error.message.replace(/^The SSH server/, 'The jump host'),
    remedy: 'Check host and port of the next SSH server as the jump host sees them, and that it runs.',
    context: { through, where: placeText(to) },
    cause: error.cause,
  });
}
