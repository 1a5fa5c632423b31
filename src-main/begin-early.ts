import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { SecretText } from '../src-shared/model/secret-text.ts';
import { defaultHome } from './store/default-home.ts';
import { homePaths } from './store/home-paths.ts';
import { beginKey, type BegunKey } from './vault/begun-key.ts';

export interface EarlySurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Commands that read or deliver: they need the secrets of their connections whatever else they do. */
const WORK: ReadonlySet<string> = new Set(['run', 'resume', 'deliver']);

/**
 * What a command line will wait for, begun before the rest of the program is loaded: the key of the passphrase vault, which
 * takes a third of a second by intent. Looks at the arguments as they stand; a wrong guess costs that third on another thread. null:
 * nothing to begin with.
 */
export function beginEarly(args: readonly string[], { env, cwd }: EarlySurroundings): BegunKey | null {
  const passphrase = env['WAYBILL_PASSPHRASE'] ?? '';
  // Of a file, the command itself says what is wrong with it.
  if (passphrase === '' || args.some((arg) => arg.startsWith('--passphrase-file'))) return null;
  if (args.includes('--help') || !args.some((arg) => WORK.has(arg))) return null;
  const given = homeAmong(args) ?? env['WAYBILL_HOME'] ?? '';
  const home = given || defaultHome({ platform: process.platform, userFolder: homedir(), environment: env });
  return beginKey(homePaths(resolve(cwd, home)).vaultFolder, new SecretText(passphrase));
}

function homeAmong(args: readonly string[]): string | undefined {
  const at = args.indexOf('--home');
  return at === -1 ? args.find((arg) => arg.startsWith('--home='))?.slice('--home='.length) : args[at + 1];
}
