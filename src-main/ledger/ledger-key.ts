import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { equalBytes } from '../../src-shared/proof/equal-bytes.ts';
import { makeVkey, type VerifierKey } from '../../src-shared/proof/vkey.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import type { Signer } from '../ports/ledger.ts';
import { ledgerKeyLost } from './errors.ts';
import type { LedgerHome } from './ledger-home.ts';
import { keyPaths, originHash } from './ledger-paths.ts';
import { nodePrimitives } from './node-primitives.ts';

const PASSPHRASE_BYTES = 32;
export const MAX_KEY_FILE_BYTES = 16_384;

/** A ledger's key in memory: signs, and is known to others as `key`. */
export interface LedgerKey {
  readonly key: VerifierKey;
  readonly signer: Signer;
}

/** Name in the vault of the passphrase of a ledger's key. */
export function passphraseName(origin: string): string {
  return `ledger/${originHash(origin)}`;
}

export interface NewLedgerKey extends LedgerKey {
  /** PKCS#8 PEM, encrypted. */
  readonly encrypted: Uint8Array;
  readonly passphrase: SecretText;
}

/** Makes a key for `origin`. The passphrase is 256 random bits, so the weak key derivation of PKCS#8 is of no concern. */
export function makeLedgerKey(origin: string): NewLedgerKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const passphrase = new SecretText(randomBytes(PASSPHRASE_BYTES).toString('base64'));
  const encrypted = privateKey.export({
    format: 'pem',
    type: 'pkcs8',
    cipher: 'aes-256-cbc',
    passphrase: passphrase.reveal(),
  });
  return { ...asLedgerKey(origin, privateKey), encrypted: utf8(encrypted.toString()), passphrase };
}

/** Opens the key file of the home for the ledger that `expected` verifies; anything but that very key is `LEDGER/KEY_LOST`. */
export async function loadLedgerKey(home: LedgerHome, expected: VerifierKey): Promise<LedgerKey> {
  const origin = expected.name;
  const encrypted = await home.store.read.file(keyPaths(home.keysFolder).secretKey, MAX_KEY_FILE_BYTES);
  if (encrypted === null) throw ledgerKeyLost(origin, 'its file is not in the home.');
  const passphrase = await readPassphrase(home, origin);
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey({ key: Buffer.from(encrypted), format: 'pem', passphrase: passphrase.reveal() });
  } catch (error) {
    throw ledgerKeyLost(origin, 'what the vault holds does not open its file.', error);
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') throw ledgerKeyLost(origin, 'its file holds a key of another kind.');
  const loaded = asLedgerKey(origin, privateKey);
  if (!equalBytes(loaded.key.publicKey, expected.publicKey)) {
    throw ledgerKeyLost(origin, 'its file holds the key of another ledger.');
  }
  return loaded;
}

async function readPassphrase(home: LedgerHome, origin: string): Promise<SecretText> {
  try {
    const passphrase = await home.vault.get(passphraseName(origin));
    if (passphrase !== null) return passphrase;
  } catch (error) {
    if (!isAppError(error, 'VAULT/SECRET_ABSENT')) throw error;
  }
  throw ledgerKeyLost(origin, 'the vault does not hold its passphrase.');
}

function asLedgerKey(origin: string, privateKey: KeyObject): LedgerKey {
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const key = makeVkey(nodePrimitives, origin, new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url')));
  const signer: Signer = {
    name: origin,
    vkey: key.vkey,
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
  return { key, signer };
}
