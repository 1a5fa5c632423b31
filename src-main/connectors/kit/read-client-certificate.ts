import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';

export interface CertificateFiles {
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** As `tls.connect` takes them; the key is no longer locked. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * A client's certificate and key out of their files, checked before anybody is called: a TLS library says of a key that
 * does not open or does not fit what nobody can act on. Null: none is named. Throws `CONNECTION/OPTION_INVALID`.
 */
export async function readClientCertificate(
  { cert, key }: CertificateFiles,
  passphrase: SecretText | null,
): Promise<ClientCertificate | null> {
  if (cert === undefined || key === undefined) return null;
  const chain = await readCertificate(cert);
  const opened = openKey(key, await readKey(key), passphrase);
  if (!chain.leaf.checkPrivateKey(opened)) {
    throw invalid('key', {
      message: `The key ${key} does not belong to the certificate ${cert}.`,
      remedy: 'Name the key with which the certificate was made.',
    });
  }
  return { cert: chain.pem, key: opened.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

async function readCertificate(path: string): Promise<{ readonly pem: string; readonly leaf: X509Certificate }> {
  try {
    const pem = await readFile(path, 'utf8');
    return { pem, leaf: new X509Certificate(pem) };
  } catch (cause) {
    throw invalid('cert', {
      message: `The client certificate ${path} cannot be read as a PEM certificate.`,
      remedy: 'Name a readable file with the PEM certificate first, and those that lead to its authority after it.',
      cause,
    });
  }
}

/** Text of a key file that nobody else may read; as the products' own clients do, one of root's may be read by its group. */
async function readKey(path: string): Promise<string> {
  let found: { readonly text: string; readonly mode: number; readonly uid: number };
  try {
    const { mode, uid } = await stat(path);
    found = { text: await readFile(path, 'utf8'), mode, uid };
  } catch (cause) {
    throw invalid('key', {
      message: `The key ${path} cannot be read.`,
      remedy: 'Name a readable file with the PEM key of the client certificate.',
      cause,
    });
  }
  const others = found.uid === 0 ? 0o037 : 0o077;
  if (process.platform !== 'win32' && (found.mode & others) !== 0) {
    throw invalid('key', {
      message: `Others than its owner may use the key ${path} (mode ${(found.mode & 0o777).toString(8).padStart(4, '0')}).`,
      remedy: `Take their rights away: chmod 600 ${path}.`,
    });
  }
  return found.text;
}

/** What the library says of a key that is locked and was given no passphrase. */
const LOCKED = new Set(['ERR_MISSING_PASSPHRASE', 'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED']);
const IS_LOCKED = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/;

function openKey(path: string, pem: string, passphrase: SecretText | null): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === null ? {} : { passphrase: passphrase.reveal() }) });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const cause = new Error(code === '' ? 'the key does not open' : code);
    if (!IS_LOCKED.test(pem) && !LOCKED.has(code)) {
      throw invalid('key', {
        message: `The key ${path} cannot be read as a PEM key.`,
        remedy: 'Name a file with the private key in PEM form.',
        cause,
      });
    }
    if (passphrase === null) {
      throw invalid('key', {
        message: `The key ${path} is locked by a passphrase, and the connection has none for it.`,
        remedy: 'Store it: waybill connection password NAME --key-passphrase-stdin.',
        cause,
      });
    }
    throw invalid('key', {
      message: `The passphrase that is stored does not open the key ${path}.`,
      remedy: 'Store the right one: waybill connection password NAME --key-passphrase-stdin.',
      cause,
    });
  }
}

function invalid(
  option: 'cert' | 'key',
  { message, remedy, cause }: { readonly message: string; readonly remedy: string; readonly cause?: unknown },
): Error {
  return appError('CONNECTION/OPTION_INVALID', { message, remedy, context: { option }, cause });
}
