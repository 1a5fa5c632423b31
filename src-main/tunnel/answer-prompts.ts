import type { KeyboardInteractiveAuthMethod } from 'ssh2';
import { appError, type AppError } from '../../src-shared/errors/app-error.ts';

/** Words that make a hidden question one for the password of the account. Others are for a code, or for a new password. */
const PASSWORD = /\b(?:pass ?word|passwort|kennwort|mot de passe|contraseña|senha)\b|パスワード|密码|пароль/iu;
const ANOTHER = /\b(?:new|old|current|retype|again|change|expired|one[- ]?time|otp|code|token|pin|neues|nouveau)\b/i;
const SHOWN_CHARACTERS = 60;

interface Answering {
  readonly password: string | null;
  /** Who asks, `user@host:port`. */
  readonly name: string;
}

/**
 * Answers the questions of a keyboard-interactive login (RFC 4256): the one for the password, hidden and once; no other.
 * An empty answer would count as an attempt, so the login ends there instead.
 */
export function answering(
  { password, name }: Answering,
  giveUp: (error: AppError) => void,
): KeyboardInteractiveAuthMethod['prompt'] {
  let isAnswered = false;
  return (...[, , , prompts, finish]) => {
    const [question, ...more] = prompts;
    if (question === undefined) return finish([]);
    if (password === null || more.length > 0 || !asksForPassword(question)) {
      const unknown = prompts.find((prompt) => !asksForPassword(prompt)) ?? question;
      return giveUp(notAnswered(name, unknown.prompt));
    }
    if (isAnswered) return giveUp(refusedAgain(name));
    isAnswered = true;
    finish([password]);
  };
}

function asksForPassword({ prompt, echo }: { readonly prompt: string; readonly echo?: boolean }): boolean {
  return echo !== true && PASSWORD.test(prompt) && !ANOTHER.test(prompt);
}

function notAnswered(name: string, prompt: string): AppError {
  const asked = prompt.trim().replace(/:$/, '');
  const short = asked.length > SHOWN_CHARACTERS ? `${asked.slice(0, SHOWN_CHARACTERS)}…` : asked;
  return appError('TUNNEL/AUTH_REFUSED', {
    message: `The SSH server asks what is not answered for a person: ${name} asks ${JSON.stringify(short)}.`,
    remedy:
      'Only the password is answered, where it is not shown. Log in with a key or the agent, or have its operator allow this user without codes.',
    context: { where: name },
  });
}

function refusedAgain(name: string): AppError {
  return appError('TUNNEL/AUTH_REFUSED', {
    message: `The SSH server refuses the login: ${name}, with a password.`,
    remedy:
      'Check user and password. To store another password: waybill connection password NAME --ssh-password-stdin.',
    context: { where: name },
  });
}
