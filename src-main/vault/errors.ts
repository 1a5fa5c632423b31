import { appError, isAppError, type AppError } from '../../src-shared/errors/app-error.ts';
import { KeychainFailure } from './keychain-failure.ts';

export const WAYS_ON =
  'Unlock the keychain and try again, or give a passphrase with `--passphrase-file FILE` or WAYBILL_PASSPHRASE.';

/** A keychain that is there but closed. Texts of libsecret, gnome-keyring, KWallet, macOS and Windows. */
const LOCKED = [
  /locked/i,
  /does not exist at path .*\/org\/freedesktop\/secrets\/collection/i,
  /no such (secret )?(collection|item).*\/collection\//i,
  /prompt.*(dismissed|cancel)/i,
  /user interaction is not allowed/i,
  /user name or passphrase you entered is not correct/i,
  /user canceled|user cancelled/i,
  /logon session does not exist/i,
];

/** No keychain at all. */
const ABSENT = [
  /autolaunch/i,
  /was not provided by any \.service/i,
  /could not connect|cannot connect|connection refused/i,
  /no such file or directory/i,
  /no keychain is available/i,
];

/** The one translation of what the keychain library and its process throw; every other error passes as it is. */
export function translateKeychainError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const text = error instanceof Error ? error.message : '';
  const reason = error instanceof KeychainFailure ? error.reason : 'refused';
  if (reason === 'timeout') {
    return locked('The keychain gave no answer in time; it may be waiting for somebody to unlock it.', error);
  }
  if (reason === 'load') {
    return unavailable('absent', 'The keychain library could not be loaded (on Linux it needs libsecret-1).', error);
  }
  if (LOCKED.some((pattern) => pattern.test(text))) return locked('The keychain is locked.', error);
  if (ABSENT.some((pattern) => pattern.test(text))) {
    return unavailable('absent', 'No keychain service answers in this session.', error);
  }
  return unavailable('failed', 'The keychain refused the call.', error);
}

function locked(message: string, cause: unknown): AppError {
  return appError('VAULT/LOCKED', { message, remedy: WAYS_ON, cause });
}

function unavailable(state: 'absent' | 'failed', message: string, cause: unknown): AppError {
  return appError('VAULT/UNAVAILABLE', { message, remedy: WAYS_ON, context: { state }, cause });
}

/** What is stored cannot be read or is not what was written. Nothing is deleted or rebuilt. */
export function unreadable(message: string, cause?: unknown): AppError {
  return appError('VAULT/SECRET_UNREADABLE', {
    message,
    remedy: 'Restore the file from a backup or import an export of the vault; nothing was deleted.',
    ...(cause === undefined ? {} : { cause }),
  });
}

export function passphraseWrong(): AppError {
  return appError('VAULT/PASSPHRASE_WRONG', {
    message: 'The passphrase does not open the vault.',
    remedy: 'Give the passphrase the vault was made with.',
  });
}

/** The same, naming what has to be mended: `from` is a file or a variable, `vault` the file it should open. */
export function givenPassphraseWrong(from: string, vault: string): AppError {
  return appError('VAULT/PASSPHRASE_WRONG', {
    message: `The passphrase in ${from} does not open the vault ${vault}.`,
    remedy: 'Give the passphrase the vault was made with.',
    context: { from, vault },
  });
}

export function passphraseEmpty(): AppError {
  return appError('VAULT/PASSPHRASE_WRONG', {
    message: 'The passphrase is empty and would protect nothing.',
    remedy: 'Give a passphrase of at least one word; several are better.',
  });
}

export function passphraseVaultExists(): AppError {
  return appError('VAULT/SECRET_EXISTS', {
    message: 'This home has a passphrase vault already.',
    remedy: 'Open it with its passphrase.',
  });
}

export function passphraseVaultAbsent(): AppError {
  return appError('VAULT/SECRET_ABSENT', {
    message: 'This home has no passphrase vault yet.',
    remedy: 'Make one with a new passphrase.',
  });
}

export function vaultBusy(): AppError {
  return appError('VAULT/UNAVAILABLE', {
    message: 'Another process has been changing the vault of this home for too long.',
    remedy: 'Wait for the other command to end and try again.',
    context: { state: 'failed' },
  });
}

export function tooLarge(bytes: number, limit: number): AppError {
  return appError('VAULT/SECRET_TOO_LARGE', {
    message: 'The secret is larger than the vault takes.',
    remedy: 'Store a password or a key, not a document.',
    context: { bytes, limit },
  });
}
