import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until `isSo` says yes; for conditions that give no event. */
export async function waitUntil(isSo: () => boolean | Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await isSo())) {
    signal.throwIfAborted();
    await pause(25, undefined, { signal });
  }
}

/** True when the server on this port speaks first, as MariaDB and SSH servers do once they accept. */
export function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const answer = (said: boolean) => {
      socket.destroy();
      resolve(said);
    };
    socket.once('data', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('end', () => answer(false));
  });
}
