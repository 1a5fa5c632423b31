import { protocol } from 'electron';

const SCHEME = 'app';
const HOST = 'waybill';

/** Where the pages are, for the page itself: no file address, which would reach every file of the machine. */
export const ORIGIN = `${SCHEME}://${HOST}`;

/** Makes the pages' scheme one like https: with an origin, with fetch, with a content policy. Before `ready`. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

export const OWN_SCHEME = SCHEME;

/** Whether an address is one of the pages that this application brings. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === '';
}
