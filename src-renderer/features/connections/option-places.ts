import { placeOfFault } from './fault-place.ts';
import { secretOfLogin } from './tunnel-draft.ts';
import type { ConnectionForm } from './use-connection-form.ts';

/** Options that stand in a part of the dialog of their own, by name: a rule over names, whatever the product. */
export const OPTION_PLACES: Readonly<Record<string, 'login' | 'tls'>> = {
  user: 'login',
  tls: 'tls',
  ca: 'tls',
  cert: 'tls',
  key: 'tls',
  channelBinding: 'tls',
  serverKey: 'tls',
  wallet: 'tls',
};

/** Options that are files and folders on this machine. */
export const PATHS: Readonly<Record<string, 'file' | 'folder'>> = {
  file: 'file',
  ca: 'file',
  cert: 'file',
  key: 'file',
  knownHosts: 'file',
  serverKey: 'file',
  wallet: 'folder',
  configFolder: 'folder',
  clientFolder: 'folder',
};

/** Fields beside the product's options. */
const OWN_FIELDS = ['name', 'password', 'keyPassphrase', 'store'];

/** The error of the last test or of saving, at the field that it belongs to; gone when the form has changed. */
export function optionErrors({
  adapter,
  draft,
  tunnel,
  test: { result },
  isCurrent,
}: ConnectionForm): Readonly<Record<string, string>> {
  if (result.state !== 'failed' || !isCurrent) return {};
  const isNetwork = adapter.traits['network'] === true;
  const secret = secretOfLogin(draft.tunnel);
  const ofTunnel = [...tunnel.fields.map(({ property }) => property), ...(secret === null ? [] : [secret])];
  const own = isNetwork ? [...OWN_FIELDS, ...ofTunnel.map((property) => `tunnel.${property}`)] : ['name'];
  const fields = new Set([...adapter.fields.map(({ property }) => property), ...own]);
  const place = placeOfFault(result.error, fields);
  const { message, remedy } = result.error;
  return place === null ? {} : { [place]: remedy === undefined ? message : `${message} ${remedy}` };
}
