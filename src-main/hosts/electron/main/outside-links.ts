/** Hosts that a link may open in the person's browser: the specifications that packages and ledgers follow. */
const HOSTS: ReadonlySet<string> = new Set(['datapackage.org', 'c2sp.org', 'www.rfc-editor.org', 'in-toto.io']);

/** Whether a link may leave the application; anything else is not opened anywhere. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address);
  return (
    url?.protocol === 'https:' && HOSTS.has(url.host) && url.username === '' && url.password === '' && url.port === ''
  );
}
