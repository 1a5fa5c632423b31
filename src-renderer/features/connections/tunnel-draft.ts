import type { GivenTunnel, TunnelFacts } from '../../../src-shared/contract/connections.ts';
import type { AdapterFacts } from '../../../src-shared/contract/parts.ts';
import type { AppError } from '../../../src-shared/errors/app-error.ts';
import { ON, optionsOfTexts, textsOfOptions, type OptionTexts } from '../../forms/option-values.ts';

export type TunnelSecret = 'password' | 'passphrase';

/** What the tunnel section holds. Of the secrets: undefined: what is stored stays; null: none. */
export interface TunnelDraft {
  readonly texts: OptionTexts;
  readonly password: string | null | undefined;
  readonly passphrase: string | null | undefined;
}

export const NO_TUNNEL: TunnelDraft = { texts: {}, password: null, passphrase: null };

/** A saved tunnel in the dialog. */
export function tunnelDraftOf(saved: TunnelFacts | null, { fields }: AdapterFacts): TunnelDraft {
  if (saved === null) return NO_TUNNEL;
  const kept = (secret: TunnelSecret): null | undefined => (saved.secrets.includes(secret) ? undefined : null);
  return {
    texts: textsOfOptions(fields, saved.options),
    password: kept('password'),
    passphrase: kept('passphrase'),
  };
}

/** Whether the form speaks of a tunnel at all. */
export function hasTunnel({ texts }: TunnelDraft): boolean {
  return Object.values(texts).some((text) => text.trim() !== '' && text !== 'false');
}

/** The secret that this way of logging in asks for; null: none, an agent signs. */
export function secretOfLogin({ texts }: TunnelDraft): TunnelSecret | null {
  if ((texts['key'] ?? '').trim() !== '') return 'passphrase';
  return texts['agent'] === ON ? null : 'password';
}

/** A changed field. Another server has another key, and so have those on another way: the pinned ones are not theirs. */
export function withTunnelText(tunnel: TunnelDraft, property: string, value: string): TunnelDraft {
  const { [property]: before = '', jump = '' } = tunnel.texts;
  const texts = { ...tunnel.texts, [property]: value };
  if (value === before) return { ...tunnel, texts };
  const isOther = property === 'host' || property === 'port';
  // An alias leads where the SSH config says, unless the jump hosts are named.
  const isOtherWay = property === 'jump' || property === 'config' || (property === 'host' && jump.trim() === '');
  return {
    ...tunnel,
    texts: {
      ...texts,
      ...(isOther ? { hostKey: '', hostKeyAlias: '' } : {}),
      ...(isOtherWay ? { jumpHostKeys: '', jumpHostKeyAliases: '' } : {}),
    },
  };
}

/** The key that a person compared and found right, pinned: the server's own, or that of one of the jump hosts before it. */
export function withComparedKey(tunnel: TunnelDraft, { context }: AppError): TunnelDraft {
  const { hostKey, jumpHostKeys } = context;
  const pinned = typeof jumpHostKeys === 'string' ? { jumpHostKeys } : { hostKey: String(hostKey ?? '') };
  return { ...tunnel, texts: { ...tunnel.texts, ...pinned } };
}

/** The tunnel as the core takes it; a secret that the login does not ask for goes. */
export function givenTunnelOf(draft: TunnelDraft, { fields }: AdapterFacts): GivenTunnel | null {
  if (!hasTunnel(draft)) return null;
  const asked = secretOfLogin(draft);
  const secretOf = (secret: TunnelSecret): Partial<Record<TunnelSecret, string | null>> => {
    const value = asked === secret ? draft[secret] : null;
    return value === undefined ? {} : { [secret]: value };
  };
  // A switch that is off is no option that is set: a key file stands beside it.
  const texts = Object.fromEntries(Object.entries(draft.texts).filter(([, text]) => text !== 'false'));
  return { options: optionsOfTexts(fields, texts), ...secretOf('password'), ...secretOf('passphrase') };
}
