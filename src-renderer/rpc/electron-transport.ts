import { RPCLink } from '@orpc/client/message-port';
import type { Transport } from './core-link.ts';

/** What the preload script gives the page, and nothing else. */
export interface DesktopBridge {
  /** Asks the shell for a channel to the core; it arrives as a message with a port. */
  readonly connect: () => void;
  readonly chooseFolder: (title: string, start: string | null) => Promise<string | null>;
  readonly chooseFile: (title: string, extensions: readonly string[]) => Promise<string | null>;
  readonly chooseNewFile: (title: string, start: string) => Promise<string | null>;
  /** The path of a file that was dropped on the page; null where it has none. */
  readonly pathOf: (file: File) => string | null;
  readonly setProgress: (value: number | null) => void;
  /** Actions of the native menu, by the id of the command. */
  readonly onCommand: (listener: (id: string) => void) => () => void;
}

declare global {
  interface Window {
    readonly waybillDesktop?: DesktopBridge;
  }
}

const PORT_MESSAGE = 'waybill:port';
const CLOSED_MESSAGE = 'waybill:core-closed';

/** The channel of the desktop: a port that leads to the core's own process. */
export async function openElectronTransport(bridge: DesktopBridge): Promise<Transport> {
  const arrival = new Promise<MessagePort>((resolve) => {
    const listen = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
      window.removeEventListener('message', listen);
      resolve(port);
    };
    window.addEventListener('message', listen);
  });
  bridge.connect();
  const port = await arrival;
  const closed = new Promise<void>((resolve) => {
    port.addEventListener('close', () => resolve());
    window.addEventListener('message', (event) => {
      if (event.source === window && event.data === CLOSED_MESSAGE) resolve();
    });
  });
  port.start();
  return { link: new RPCLink({ port }), closed };
}
