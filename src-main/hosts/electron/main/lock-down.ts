import { session, shell, type WebContents } from 'electron';
import { mayOpenOutside } from './outside-links.ts';
import { isOwnPage } from './own-pages.ts';

/** The one permission that pages use: writing what a person copies. */
const GRANTED = 'clipboard-sanitized-write';

/** The tools of a developer load from a scheme of their own; they open in a checkout only. */
const TOOLS = 'devtools:';

/** Permissions, requests and downloads of every page: refused, but for the application's own files. */
export function lockSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((contents, permission, callback) => {
    callback(permission === GRANTED && isOwnPage(contents.getURL()));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) => {
    return permission === GRANTED && isOwnPage(origin);
  });
  defaultSession.setDevicePermissionHandler(() => false);
  // Pages need nothing from any network: the core alone speaks to databases.
  defaultSession.webRequest.onBeforeRequest((details, callback) => {
    const { protocol } = new URL(details.url);
    callback({ cancel: !isOwnPage(details.url) && protocol !== TOOLS && protocol !== 'data:' });
  });
  defaultSession.on('will-download', (event) => event.preventDefault());
}

/** A page stays where it is, opens no window and holds no other page. */
export function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isOwnPage(details.url)) details.preventDefault();
  });
  contents.on('will-navigate', (details) => {
    if (!isOwnPage(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!isOwnPage(details.url)) details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
