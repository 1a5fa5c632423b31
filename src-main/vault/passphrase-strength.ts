import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';

/** scrypt makes each guess cost a third of a second and 128 MiB; below this length guessing pays all the same. */
const MIN_CHARACTERS = 12;

/** For a question or a line of help. */
export const STRONG_ENOUGH = `at least ${MIN_CHARACTERS} characters`;

/** Refuses a new passphrase that is short, or one character over and over. `from`: where it was given. */
export function requireStrong(passphrase: SecretText, from?: string): void {
  const characters = Array.from(passphrase.reveal().normalize('NFC'));
  if (characters.length >= MIN_CHARACTERS && new Set(characters).size > 3) return;
  const which = from === undefined ? 'The passphrase' : `The passphrase in ${from}`;
  const fault = characters.length < MIN_CHARACTERS ? `is shorter than ${MIN_CHARACTERS} characters` : 'repeats itself';
  throw appError('VAULT/PASSPHRASE_WEAK', {
    message: `${which} ${fault}: whoever gets the file it protects could guess it.`,
    remedy: `Choose ${STRONG_ENOUGH}; four or more words that nobody would put together are good.`,
  });
}
