import { readFileSync, statSync } from 'node:fs';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { fromBase64 } from '../../src-shared/util/base64.ts';
import { passphraseFile } from './passphrase-file.ts';
import { derivePassphraseKey, type PassphraseKey } from './passphrase-key.ts';

/** A key that is being made before anybody asks for it. Good for this very salt and passphrase, and nothing is taken on trust. */
export interface BegunKey {
  readonly passphrase: SecretText;
  readonly salt: Uint8Array;
  /** Handled by whoever asks; until then a failure is nobody's. */
  readonly key: Promise<PassphraseKey>;
}

/** A vault whose file is larger holds so many secrets that reading it twice is no gain. */
const MAX_BYTES = 1024 * 1024;

/**
 * Begins with the key of the passphrase vault in `folder`, on another thread. null: nothing there looks like one; whether it
 * is one, and what is wrong with it, says who opens it. Imports little, so that it can run before the rest is loaded.
 */
export function beginKey(folder: string, passphrase: SecretText): BegunKey | null {
  const salt = saltIn(passphraseFile(folder));
  if (salt?.length !== 32) return null;
  const key = derivePassphraseKey(passphrase, salt);
  key.catch(() => undefined);
  return { passphrase, salt, key };
}

function saltIn(path: string): Uint8Array | null {
  try {
    const file = statSync(path);
    // A pipe in its place would be waited for.
    if (!file.isFile() || file.size > MAX_BYTES) return null;
    const found = /"salt": "([A-Za-z0-9+/=]+)"/.exec(readFileSync(path, 'latin1'));
    return fromBase64(found?.[1] ?? '') ?? null;
  } catch {
    return null;
  }
}
