import { X509Certificate, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import { assertNever } from '../../../src-shared/util/assert-never.ts';
import { STORE_IT, tryKey } from './try-key.ts';

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

function openKey(path: string, pem: string, passphrase: SecretText | null): KeyObject {
  const opened = tryKey(pem, passphrase);
  if ('key' in opened) return opened.key;
  const { cause } = opened;
  switch (opened.fault) {
    case 'no key':
      throw invalid('key', {
        message: `The key ${path} cannot be read as a PEM key.`,
        remedy: 'Name a file with the private key in PEM form.',
        cause,
      });
    case 'locked':
      throw invalid('keyPassphrase', {
        message: `The key ${path} is locked by a passphrase, and the connection has none for it.`,
        remedy: `Give the passphrase of the key; ${STORE_IT}`,
        cause,
      });
    case 'another passphrase':
      throw invalid('keyPassphrase', {
        message: `The passphrase of the key does not open ${path}.`,
        remedy: `Give the right one; ${STORE_IT}`,
        cause,
      });
    default:
      return assertNever(opened.fault);
  }
}

function invalid(
  option: 'cert' | 'key' | 'keyPassphrase',
  { message, remedy, cause }: { readonly message: string; readonly remedy: string; readonly cause?: unknown },
): Error {
  return appError('CONNECTION/OPTION_INVALID', { message, remedy, context: { option }, cause });
}
