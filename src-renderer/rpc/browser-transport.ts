import { AppError } from '../../src-shared/errors/app-error.ts';
import type { ChannelEnd } from './channel-error.ts';
import { transportOver } from './channel-link.ts';
import type { Transport } from './core-link.ts';

const STORED_AS = 'waybill-session';
/** The core closed the socket, and nothing else: it had read a frame that is none. */
const POLICY_VIOLATION = 1008;

/**
 * The channel of the browser host. The secret of the address is swapped for a session key at once and taken off the
 * address; the key lives in this tab only and goes out as the first frame of the socket.
 */
export async function openBrowserTransport(): Promise<Transport> {
  const session = await sessionKey();
  const socket = new WebSocket(`ws://${location.host}/core`);
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<ChannelEnd>((resolve) =>
    socket.addEventListener('close', ({ code }) => resolve(code === POLICY_VIOLATION ? 'channel' : 'core'), {
      once: true,
    }),
  );
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => socket.send(session), { once: true });
    const refused = (): void => {
      sessionStorage.removeItem(STORED_AS);
      reject(noSession());
    };
    socket.addEventListener('close', refused);
    socket.addEventListener(
      'message',
      () => {
        // The key was taken: when this socket ends, the tab can open another one with it.
        socket.removeEventListener('close', refused);
        resolve();
      },
      { once: true },
    );
  });
  return transportOver({
    isOpen: () => socket.readyState === WebSocket.OPEN,
    send: (frame) => socket.send(frame as string | ArrayBuffer), // no memory of ours is shared
    onFrame: (listener) => socket.addEventListener('message', ({ data }) => listener(data)),
    close: () => socket.close(),
    closed,
  });
}

async function sessionKey(): Promise<string> {
  const launch = /^#launch=([\w-]+)$/.exec(location.hash)?.[1];
  if (launch !== undefined) {
    history.replaceState(null, '', location.pathname);
    const answer = await fetch('/session', { method: 'POST', body: launch });
    if (answer.ok) sessionStorage.setItem(STORED_AS, await answer.text());
  }
  const session = sessionStorage.getItem(STORED_AS);
  if (session === null) throw noSession();
  return session;
}

function noSession(): AppError {
  return new AppError('APP/NO_SESSION', {
    message: 'This page has no key to Waybill.',
    remedy: 'Open it through the file that Waybill names when it starts; each works once, for a minute.',
  });
}
