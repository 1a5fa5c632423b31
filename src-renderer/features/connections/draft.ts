import type { ConnectionFacts, ConnectionUrl } from '../../../src-shared/contract/connections.ts';
import type { AdapterFacts } from '../../../src-shared/contract/parts.ts';
import { optionsOfTexts, textsOfOptions, type OptionTexts } from '../../forms/option-values.ts';
import type { Place } from '../../forms/secret-places.ts';
import { givenTunnelOf, NO_TUNNEL, tunnelDraftOf, type TunnelDraft } from './tunnel-draft.ts';

/** What the dialog holds. */
export interface ConnectionDraft {
  readonly name: string;
  readonly connector: string;
  readonly texts: OptionTexts;
  readonly production: boolean;
  readonly color: ConnectionFacts['color'];
  /** A person chose the colour: "production" no longer suggests one. */
  readonly colorIsChosen: boolean;
  /** undefined: what is stored stays; null: none. */
  readonly password: string | null | undefined;
  /** Opens the key of the client certificate, or the wallet; as the password. */
  readonly keyPassphrase: string | null | undefined;
  /** null: where the next secret goes. */
  readonly store: Place | null;
  readonly tunnel: TunnelDraft;
}

/** The parts of this build that a connection is made from. */
export interface ConnectionParts {
  readonly adapter: AdapterFacts;
  readonly tunnel: AdapterFacts;
}

export function newDraft(connector: string): ConnectionDraft {
  return {
    name: '',
    connector,
    texts: {},
    production: false,
    color: 'blue',
    colorIsChosen: false,
    password: null,
    keyPassphrase: null,
    store: null,
    tunnel: NO_TUNNEL,
  };
}

/** A saved connection in the dialog. */
export function draftOf(saved: ConnectionFacts, { adapter, tunnel }: ConnectionParts): ConnectionDraft {
  return {
    name: saved.name,
    connector: saved.connector,
    texts: textsOfOptions(adapter.fields, saved.options),
    production: saved.production,
    color: saved.color,
    colorIsChosen: true,
    password: saved.secret === null ? null : undefined,
    keyPassphrase: saved.keySecret === null ? null : undefined,
    store: saved.secret ?? saved.keySecret,
    tunnel: tunnelDraftOf(saved.tunnel, tunnel),
  };
}

/** Production suggests red, and takes the suggestion back, as long as nobody chose a colour. */
export function withProduction(draft: ConnectionDraft, production: boolean): ConnectionDraft {
  const color = draft.colorIsChosen ? draft.color : production ? 'red' : 'blue';
  return { ...draft, production, color };
}

const UNFIT = /[^A-Za-z0-9._-]+/g;

/** What a URL says replaces what the form held of the address; a name is suggested where there is none yet. */
export function withUrl(draft: ConnectionDraft, url: ConnectionUrl): ConnectionDraft {
  const { database, file, host } = url.options;
  const whole = database ?? file ?? host ?? '';
  const suggested = (whole.split(/[/\\]/).at(-1) ?? '')
    .replace(/\.[a-z0-9]+$/i, '')
    .replace(UNFIT, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
  return {
    ...draft,
    connector: url.connector,
    texts: url.options,
    password: url.password ?? (draft.password === undefined ? undefined : null),
    name: draft.name === '' ? suggested : draft.name,
  };
}

/** The form as the core takes it. */
export function givenOf(draft: ConnectionDraft, { adapter, tunnel }: ConnectionParts) {
  return {
    connector: draft.connector,
    options: optionsOfTexts(adapter.fields, draft.texts),
    production: draft.production,
    color: draft.color,
    ...(draft.password === undefined ? {} : { password: draft.password }),
    ...(draft.keyPassphrase === undefined
      ? {}
      : { keyPassphrase: keySecretOf(draft, adapter) === null ? null : draft.keyPassphrase }),
    // A file is reached without one, whatever was typed for another product.
    tunnel: adapter.traits['network'] === true ? givenTunnelOf(draft.tunnel, tunnel) : null,
  };
}

/**
 * The title of the secret that opens what the form names, such as a key file; null: it names nothing of the kind, and what
 * was typed for another product opens nothing here.
 */
export function keySecretOf({ texts }: Pick<ConnectionDraft, 'texts'>, { fields }: AdapterFacts): string | null {
  const isNamed = (property: string): boolean => (texts[property] ?? '').trim() !== '';
  return fields.find(({ property, secret }) => secret !== null && isNamed(property))?.secret ?? null;
}

/** What of a draft a test rests on: two drafts with the same text are one connection. */
export function testedPart({ connector, texts, password, keyPassphrase, tunnel }: ConnectionDraft): string {
  const secrets = [password, keyPassphrase, tunnel.password, tunnel.passphrase];
  return JSON.stringify([
    ...[connector, filled(texts), filled(tunnel.texts)],
    ...secrets.flatMap((secret) => [typeof secret, secret]),
  ]);
}

function filled(texts: OptionTexts): readonly (readonly [string, string])[] {
  return Object.entries(texts)
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether saving puts a secret into the vault. */
export function storesSecret(draft: ConnectionDraft, parts: ConnectionParts): boolean {
  const { password, keyPassphrase, tunnel } = givenOf(draft, parts);
  return [password, keyPassphrase, tunnel?.password, tunnel?.passphrase].some((secret) => typeof secret === 'string');
}
