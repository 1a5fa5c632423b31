import { appError } from '../../src-shared/errors/app-error.ts';
import { readJump, splitList } from './jump-text.ts';
import { nameOf, placeOf, type TunnelOptions } from './options.ts';

/** One SSH server of the way, with what is said of it alone. */
export interface Hop {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly key: string | undefined;
  readonly agent: boolean;
  readonly hostKey: string | undefined;
  readonly knownHosts: string | undefined;
  readonly hostKeyAlias: string | undefined;
  /** Its place among the jump hosts; null: it is the one that they lead to. */
  readonly jump: number | null;
}

/** The way: the jump hosts in order, then the server itself. */
export function hopsOf(options: TunnelOptions): readonly Hop[] {
  const { key, agent = false, hostKey, knownHosts, hostKeyAlias } = options;
  const keys = splitList(options.jumpKeys ?? '');
  const hostKeys = splitList(options.jumpHostKeys ?? '');
  const aliases = splitList(options.jumpHostKeyAliases ?? '');
  const jumps = options.jump === undefined ? [] : (readJump(options.jump) ?? []);
  return [
    ...jumps.map((jump, index): Hop => {
      const own = given(keys[index]);
      return {
        ...placeOf(jump),
        user: jump.user,
        key: own ?? key,
        agent: own === undefined && agent,
        hostKey: given(hostKeys[index]),
        knownHosts,
        hostKeyAlias: given(aliases[index]),
        jump: index,
      };
    }),
    { ...placeOf(options), user: options.user, key, agent, hostKey, knownHosts, hostKeyAlias, jump: null },
  ];
}

/** An empty part of a list only holds its place. */
function given(part: string | undefined): string | undefined {
  return part === '' ? undefined : part;
}

/** The options with this hop's key pinned. */
export function withHostKey(options: TunnelOptions, { jump }: Hop, hostKey: string): TunnelOptions {
  if (jump === null) return { ...options, hostKey };
  const keys = splitList(options.jumpHostKeys ?? '');
  // As long as the way: a shorter list is of those alone that a person named (settle.ts).
  const jumps = hopsOf(options).length - 1;
  while (keys.length < jumps) keys.push('');
  keys[jump] = hostKey;
  return { ...options, jumpHostKeys: keys.join(',') };
}

/** A password is the server's own: the servers before it never see it. */
export function requireProof(hop: Hop): void {
  if (hop.jump === null || hop.agent || hop.key !== undefined) return;
  throw appError('TUNNEL/OPTION_INVALID', {
    message: `There is nothing to log in with at the jump host ${nameOf(hop)}.`,
    remedy:
      'Give a key file (--ssh-key, or --ssh-jump-keys) or use the agent (--ssh-agent); the password is for the last server alone.',
    context: { option: 'jumpKeys' },
  });
}
