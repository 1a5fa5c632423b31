import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appError, type AppErrorDetails } from '../../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import { STORE_IT, tryKey } from '../kit/try-key.ts';

const FILE = 'ewallet.pem';
const PRIVATE_KEY = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----.+?-----END \1-----/s;

/**
 * Says what is wrong with a wallet by name: of one that it cannot use the driver says the same, whatever it is. A wallet
 * without a key only holds authorities.
 */
export async function checkWallet(folder: string, password: SecretText | null): Promise<void> {
  const file = join(folder, FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw refused('wallet', {
      message: isAbsent ? `There is no ${FILE} in the wallet folder ${folder}.` : `The wallet ${file} cannot be read.`,
      remedy: `Name the folder that the wallet was unpacked in. One with cwallet.sso alone is for the Oracle client: mode thick.`,
      cause,
    });
  });
  const key = PRIVATE_KEY.exec(text)?.[0];
  const tried = key === undefined ? null : tryKey(key, password);
  if (tried === null || 'key' in tried) return;
  const { fault, cause } = tried;
  if (fault === 'no key') {
    throw refused('wallet', {
      message: `The private key in the wallet ${file} cannot be read.`,
      remedy: 'Unpack the wallet anew.',
      cause,
    });
  }
  const isMissing = fault === 'locked';
  throw refused('keyPassphrase', {
    message: isMissing
      ? `The key in the wallet ${file} is locked, and the connection has no password of the wallet.`
      : `The password of the wallet does not open the key in ${file}.`,
    remedy: `Give the ${isMissing ? 'password of the wallet' : 'right one'}; ${STORE_IT}`,
    cause,
  });
}

function refused(option: 'wallet' | 'keyPassphrase', details: AppErrorDetails): Error {
  return appError('CONNECTION/OPTION_INVALID', { ...details, context: { option } });
}
