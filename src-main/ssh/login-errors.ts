import { AppError, appError } from '../../src-shared/errors/app-error.ts';
import type { SshWords } from './ssh-words.ts';

type Reason = 'UNREACHABLE' | 'AUTH_REFUSED' | 'CONNECTION_LOST' | 'FAILED';
type Wording = readonly [reason: Reason, fact: string, remedy: string];

/** What ssh2 says when the server took nothing of what was offered. */
const REFUSED = /authentication (?:methods failed|failures)/i;

/** Who logs in, and with what: `courier`, `a password`. */
export interface LoginWords {
  readonly user: string;
  readonly proof: string;
  /** What to do when the login is refused, where checking user, password and key is not it. */
  readonly remedy?: string;
}

export interface LoginAttempt {
  /** `host:port`. */
  readonly where: string;
  readonly words: SshWords;
  readonly login?: LoginWords;
}

/** What happened while connecting and logging in. */
export function loginError(error: unknown, { where, words, login }: LoginAttempt): AppError {
  if (error instanceof AppError) return error;
  const [reason, fact, remedy] = wordingOf(error, words);
  const isRefused = login !== undefined && error instanceof Error && REFUSED.test(error.message);
  const about = isRefused ? `${login.user} at ${where}, with ${login.proof}` : where;
  return appError(`${words.family}/${reason}`, {
    message: `${fact}: ${about}.`,
    remedy: (isRefused ? login.remedy : undefined) ?? remedy,
    context: { where },
    cause: error,
  });
}

/** The connection ended before anybody wanted it to. */
export function connectionLost(about: string, words: SshWords, cause?: unknown): AppError {
  const [reason, fact, remedy] = lostWording(words);
  return appError(`${words.family}/${reason}`, {
    message: `${fact}: ${about}.`,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}

function lostWording({ server, again }: SshWords): Wording {
  return ['CONNECTION_LOST', `The connection to ${server.replace(/^The/, 'the')} was lost`, again];
}

function wordingOf(error: unknown, words: SshWords): Wording {
  const { server, secretCommand } = words;
  const { code, level, message } = (error instanceof Error ? error : {}) as Record<string, unknown>;
  const text = `${typeof code === 'string' ? code : ''} ${typeof message === 'string' ? message : ''}`;
  if (level === 'agent') {
    return [
      'AUTH_REFUSED',
      'The SSH agent does not answer',
      'Start it and add the key: ssh-add FILE. SSH_AUTH_SOCK says where it listens.',
    ];
  }
  if (REFUSED.test(text)) {
    return [
      'AUTH_REFUSED',
      `${server} refuses the login`,
      `Check user, password or key. To store another password or passphrase: ${secretCommand}.`,
    ];
  }
  if (/privateKey|private key|passphrase|integrity check|bad decrypt/i.test(text)) {
    return ['AUTH_REFUSED', 'The private key cannot be opened', 'Check the key file and its passphrase.'];
  }
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|timed out/i.test(text)) {
    return ['UNREACHABLE', `${server} cannot be reached`, 'Check host and port, and whether the server runs.'];
  }
  if (/no matching|handshake failed/i.test(text)) {
    return ['FAILED', `${server} offers no way of encryption that is safe`, 'Have the server updated.'];
  }
  if (/ECONNRESET|EPIPE|close|ended|end event|No response/i.test(text)) return lostWording(words);
  return ['FAILED', `${server} cannot be used over SSH`, 'Ask its operator.'];
}
