import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AuthPlugin, authPlugins } from 'mysql2';
import { appError } from '../../../src-shared/errors/app-error.ts';

/** Text of the file with the server's public key; null: none is named. Throws `CONNECTION/OPTION_INVALID`. */
export async function readServerKey(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null;
  try {
    const pem = await readFile(path, 'utf8');
    return createPublicKey(pem).asymmetricKeyType === 'rsa' ? pem : Promise.reject(new Error('not an RSA key'));
  } catch (cause) {
    throw appError('CONNECTION/OPTION_INVALID', {
      message: `The server’s public key ${path} cannot be read as a PEM key.`,
      remedy: 'Name a readable file with the server’s RSA public key (public_key.pem of its data folder).',
      context: { option: 'serverKey' },
      cause,
    });
  }
}

/**
 * Plug-ins for a session that is not encrypted. Both would hand the password to whoever sends a key: without a key that was
 * got another way they stop when the server sends its own.
 */
export function openWirePlugins(plugins: typeof authPlugins, serverKey: string | null): Record<string, AuthPlugin> {
  const options = (plugin: string) => ({
    ...(serverKey === null ? {} : { serverPublicKey: serverKey }),
    onServerPublicKey: (): void => {
      throw unverifiedKey(plugin);
    },
  });
  return {
    caching_sha2_password: plugins.caching_sha2_password(options('caching_sha2_password')),
    sha256_password: plugins.sha256_password(options('sha256_password')),
  };
}

function unverifiedKey(plugin: string): Error {
  return appError('SOURCE/AUTH_REFUSED', {
    message: `The account logs in with ${plugin}, which needs an encrypted connection or a known key of the server; a key off the wire could be anybody’s, and the password was not sent.`,
    remedy: 'Use a TLS mode or --socket, or give the server’s public key with --server-public-key FILE.',
  });
}

const UNKNOWN_PLUGIN = /unknown plugin ([A-Za-z0-9_]{1,64})\b/;

/** The plug-in that the server asks for and the driver does not have, out of the driver's words; null: it is not that. */
export function unknownPlugin(driverMessage: string): string | null {
  return UNKNOWN_PLUGIN.exec(driverMessage)?.[1] ?? null;
}
