import { spawn } from 'node:child_process';

type Command = readonly [command: string, ...first: string[]];

/** The system's way to open a file with the program that is meant for it. */
const OPENERS: Readonly<Record<string, Command>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
};
/** The system's way to show where a folder is. A Mac opens a folder that is named like a program by starting it. */
const SHOWERS: Readonly<Record<string, Command>> = { ...OPENERS, darwin: ['open', '-R'] };

/** Some openers stay as long as the program that they opened: one that is still there then has not failed. */
const SOON_MS = 3000;

/** Opens a file with the system's program for it; false: there is no way to, or it failed. */
export function openWithSystem(path: string, platform: string): Promise<boolean> {
  return start(OPENERS, path, platform);
}

/** Shows a folder in the system's file manager; false: there is no way to, or it failed. */
export function showWithSystem(folder: string, platform: string): Promise<boolean> {
  return start(SHOWERS, folder, platform);
}

function start(commands: Readonly<Record<string, Command>>, path: string, platform: string): Promise<boolean> {
  const [command, ...first] = commands[platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, path], { stdio: 'ignore', detached: true });
    const timer = setTimeout(() => resolve(true), SOON_MS);
    const end = (opened: boolean): void => {
      clearTimeout(timer);
      resolve(opened);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0 || platform === 'win32'));
    child.once('spawn', () => child.unref());
  });
}
