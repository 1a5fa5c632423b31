import { openBrowserTransport } from './browser-transport.ts';
import { coreOver, type CoreConnection } from './core-link.ts';
import { openElectronTransport } from './electron-transport.ts';

/** Opens the channel that this host has. */
export async function connectCore(): Promise<CoreConnection> {
  const bridge = window.waybillDesktop;
  return coreOver(bridge === undefined ? await openBrowserTransport() : await openElectronTransport(bridge));
}
