import { resolve } from 'node:path';

export interface LaunchOptions {
  /** Absolute path of the home; null: the default one. */
  readonly home: string | null;
}

/**
 * What the desktop is told when it starts: `--home DIR`, or `WAYBILL_HOME`. Switches of Chromium stand among the arguments
 * and are passed over.
 */
export function readLaunchOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): LaunchOptions {
  const home = valueOf('--home', argv) ?? environment['WAYBILL_HOME'] ?? '';
  return { home: home === '' ? null : resolve(home) };
}

function valueOf(name: string, argv: readonly string[]): string | undefined {
  const at = argv.indexOf(name);
  if (at >= 0) return argv[at + 1];
  return argv.find((argument) => argument.startsWith(`${name}=`))?.slice(name.length + 1);
}
