import {
  CORE_CLOSED_MESSAGE,
  PORT_MESSAGE,
  type DesktopBridge as SharedBridge,
} from '../../src-shared/contract/desktop-bridge.ts';
import type { ChannelEnd } from './channel-error.ts';
import { transportOver } from './channel-link.ts';
import type { Transport } from './core-link.ts';

export type DesktopBridge = SharedBridge<File>;

declare global {
  interface Window {
    readonly waybillDesktop?: DesktopBridge;
  }
}

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
  const closed = new Promise<ChannelEnd>((resolve) => {
    port.addEventListener('close', () => resolve('core'));
    window.addEventListener('message', (event) => {
      if (event.source === window && event.data === CORE_CLOSED_MESSAGE) resolve('core');
    });
  });
  const transport = transportOver({
    isOpen: () => true,
    send: (frame) => port.postMessage(frame),
    onFrame: (listener) => port.addEventListener('message', ({ data }) => listener(data)),
    close: () => port.close(),
    closed,
  });
  port.start();
  return transport;
}
