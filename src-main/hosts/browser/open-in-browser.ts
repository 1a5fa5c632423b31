import { spawn } from 'node:child_process';

/** The system's way to open a file with the program that is meant for it. */
const OPENERS: Readonly<Record<string, readonly [command: string, ...first: string[]]>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
  linux: ['xdg-open'],
};

/** Opens a file or folder with the system's program for it; false: there is no way to, or it failed. */
export function openWithSystem(path: string, platform: string): Promise<boolean> {
  const [command, ...first] = OPENERS[platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, path], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0 || platform === 'win32'));
    child.once('spawn', () => child.unref());
  });
}
