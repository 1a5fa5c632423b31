import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';

/** scrypt makes each guess cost a third of a second and 128 MiB; below this length guessing pays all the same. */
const MIN_CHARACTERS = 12;

/** For a question or a line of help. */
export const STRONG_ENOUGH = `at least ${MIN_CHARACTERS} characters`;

/** Refuses a new passphrase that is short, or one character over and over. */
export function requireStrong(passphrase: SecretText): void {
  const characters = Array.from(passphrase.reveal().normalize('NFC'));
  if (characters.length >= MIN_CHARACTERS && new Set(characters).size > 3) return;
  throw appError('VAULT/PASSPHRASE_WEAK', {
    message:
      characters.length < MIN_CHARACTERS
        ? `The passphrase is shorter than ${MIN_CHARACTERS} characters: whoever gets the file could guess it.`
        : 'The passphrase repeats itself: whoever gets the file could guess it.',
    remedy: `Choose ${STRONG_ENOUGH}; four or more words that nobody would put together are good.`,
  });
}
