import { useState, type ReactNode } from 'react';
import { DownIcon, RightIcon } from '../../components/icons.tsx';
import { OptionForm } from '../../forms/option-form.tsx';
import { text } from '../../text/text.ts';
import { PATHS } from './option-places.ts';
import { hasTunnel, withTunnelText, type TunnelDraft } from './tunnel-draft.ts';
import { TunnelSecretField } from './tunnel-secret-field.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

const { connections: words } = text;
const LINES = [
  { host: '1fr', port: '72px', user: '160px' },
  { key: '1fr', agent: '200px' },
  { knownHosts: '1fr', hostKeyAlias: '200px' },
];

/** How one logs in stands above the secret of it; who the servers are, and what leads to them, below. */
const OF_LOGIN = new Set(['host', 'port', 'user', 'key', 'agent']);
const OF_JUMPS = new Set(['jumpKeys', 'jumpHostKeys', 'jumpHostKeyAliases']);

interface SectionProps {
  readonly form: ConnectionForm;
  /** By property. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The server that the database is reached through. Nobody who needs none sees more of it than a line. */
export function TunnelSection({ form, errors }: SectionProps): ReactNode {
  const { draft, set, saved } = form;
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const own = errorsOfTunnel(errors);
  const isShown = (isOpen ?? hasTunnel(draft.tunnel)) || Object.keys(own).length > 0;
  // Nobody who names no jump host is asked about them; what is said of those of an SSH config is seen.
  const isAsked = (property: string): boolean =>
    !OF_JUMPS.has(property) ||
    own[property] !== undefined ||
    [property, 'jump'].some((name) => (draft.tunnel.texts[name] ?? '').trim() !== '');
  const change = (next: TunnelDraft): void => set({ tunnel: next });
  return (
    <div className="connection-section">
      <button type="button" className="section-fold" aria-expanded={isShown} onClick={() => setOpen(!isShown)}>
        {isShown ? <DownIcon size={14} /> : <RightIcon size={14} />}
        <span className="strong">{words.tunnel}</span>
        <span className="ellipsis second">{summary(draft.tunnel)}</span>
      </button>
      {isShown ? (
        <>
          <Fields form={form} errors={own} of={(property) => OF_LOGIN.has(property)} />
          <TunnelSecretField tunnel={draft.tunnel} saved={saved?.tunnel ?? null} onChange={change} errors={own} />
          <Fields form={form} errors={own} of={(property) => !OF_LOGIN.has(property) && isAsked(property)} />
        </>
      ) : null}
    </div>
  );
}

function Fields({
  form: { draft, set, tunnel },
  errors,
  of,
}: SectionProps & { readonly of: (property: string) => boolean }): ReactNode {
  return (
    <OptionForm
      fields={tunnel.fields.filter(({ property }) => of(property))}
      texts={draft.tunnel.texts}
      onChange={(property, value) => set({ tunnel: withTunnelText(draft.tunnel, property, value) })}
      errors={errors}
      lines={LINES}
      paths={PATHS}
    />
  );
}

/** Those that stand at a field of the tunnel, by its property. */
function errorsOfTunnel(errors: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(errors).flatMap(([place, error]) =>
      place.startsWith('tunnel.') ? [[place.slice('tunnel.'.length), error]] : [],
    ),
  );
}

function summary(tunnel: TunnelDraft): string {
  if (!hasTunnel(tunnel)) return words.tunnelNone;
  const { host = '', hostKey = '' } = tunnel.texts;
  if (host.trim() === '') return '';
  return hostKey === '' ? words.tunnelUnpinned(host) : words.tunnelPinned(host);
}
