import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ownScript } from './own-script.ts';

/** What the library (folders for the temporary files of large sorts) and Windows need; nothing else is passed on. */
const ENVIRONMENT = ['SQLITE_TMPDIR', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];

export interface SpawnedReader {
  readonly child: ChildProcess;
  /** To the reader. */
  readonly messages: Writable;
  /** From the reader. */
  readonly frames: Readable;
}

/** Starts the process of `reader-child.ts`. The third pipe, which nobody writes, tells it when this process is gone. */
export function spawnReader(): SpawnedReader {
  const child = spawn(process.execPath, [ownScript('reader-child')], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: Object.fromEntries(ENVIRONMENT.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : []))),
    // A group of its own: a Ctrl+C on the terminal is this process's to hear and to act on.
    detached: true,
    windowsHide: true,
  });
  // Both were asked for as pipes, at the descriptors MESSAGES and FRAMES.
  const [, , , messages, frames] = child.stdio as unknown as [null, null, null, Writable, Readable];
  // A broken pipe shows in the exit of the process.
  for (const stream of child.stdio) stream?.on('error', () => undefined);
  return { child, messages, frames };
}
