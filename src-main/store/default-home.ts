import { posix, win32 } from 'node:path';

export interface HomeSurroundings {
  readonly platform: NodeJS.Platform;
  /** The user's own folder. */
  readonly userFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The home when neither `--home` nor `WAYBILL_HOME` names one: the system's folder for application data. */
export function defaultHome({ platform, userFolder, environment }: HomeSurroundings): string {
  if (platform === 'win32') {
    // Local, not roaming: a ledger that is copied between machines on its own would be forked by it.
    return win32.join(environment['LOCALAPPDATA'] || win32.join(userFolder, 'AppData', 'Local'), 'Waybill');
  }
  if (platform === 'darwin') return posix.join(userFolder, 'Library', 'Application Support', 'Waybill');
  const configured = environment['XDG_DATA_HOME'];
  // XDG Base Directory Specification: relative paths are invalid and ignored.
  const base = configured?.startsWith('/') ? configured : posix.join(userFolder, '.local', 'share');
  return posix.join(base, 'waybill');
}
