import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { Identified, IdentifyContext, KeySource, TunnelContext, TunnelSecrets } from '../ports/tunnel.ts';
import { openHop, showHop, type HopContext } from './hop-session.ts';
import { hopsOf, withHostKey, type Hop } from './hops.ts';
import { nameOf, throughText, type TunnelOptions } from './options.ts';
import type { SshTunnel } from './ssh-tunnel.ts';

/** Logs in at every server of the way, each through the one before it. */
export async function open(options: TunnelOptions, secrets: TunnelSecrets, context: TunnelContext): Promise<SshTunnel> {
  const way: HopContext = { options, secrets, through: throughText(options), ...context };
  let via: SshTunnel | null = null;
  try {
    for (const hop of hopsOf(options)) via = await openHop(hop, via, way);
  } catch (error) {
    await via?.[Symbol.asyncDispose]();
    throw error;
  }
  if (via === null) throw new Error('a way without a server');
  return via;
}

/** Has each server show its key, and pins it: the ones that lead on are logged in at, the last one is not. */
export async function identify(
  options: TunnelOptions,
  secrets: TunnelSecrets,
  context: IdentifyContext,
): Promise<Identified<TunnelOptions>> {
  let pinned = options;
  let by: KeySource = 'option';
  let via: SshTunnel | null = null;
  const hops = hopsOf(options);
  if (hops.every(({ hostKey }) => hostKey !== undefined)) return { options, by };
  try {
    for (const hop of hops) {
      const way: HopContext = { secrets, through: throughText(options), ...context, options: pinned };
      const reached: Reached = await reach(hop, via, { way, vouch: context.vouch });
      via = reached.tunnel ?? via;
      pinned = withHostKey(pinned, hop, reached.hostKey);
      if (reached.byPerson) by = 'person';
      else if (hop.hostKey === undefined && by === 'option') by = 'known_hosts';
    }
  } finally {
    await via?.[Symbol.asyncDispose]();
  }
  return { options: pinned, by };
}

interface Reached {
  readonly hostKey: string;
  readonly byPerson: boolean;
  /** null: the last server, at which nobody logs in. */
  readonly tunnel: SshTunnel | null;
}

async function reach(
  hop: Hop,
  via: SshTunnel | null,
  { way, vouch }: { readonly way: HopContext; readonly vouch: IdentifyContext['vouch'] },
): Promise<Reached> {
  try {
    return { ...(await shown(hop, via, way)), byPerson: false };
  } catch (error) {
    const isUnknown = isAppError(error, 'TUNNEL/HOST_KEY_UNKNOWN') || isAppError(error, 'TUNNEL/JUMP_HOST_KEY_UNKNOWN');
    const hostKey = isUnknown ? error.context['hostKey'] : undefined;
    const server = hop.jump === null ? 'The SSH server' : `The jump host ${nameOf(hop)}`;
    if (typeof hostKey !== 'string' || !(await vouch(server, hostKey))) throw error;
    return { ...(await shown({ ...hop, hostKey }, via, way)), byPerson: true };
  }
}

async function shown(hop: Hop, via: SshTunnel | null, way: HopContext): Promise<Omit<Reached, 'byPerson'>> {
  if (hop.jump === null) return { hostKey: await showHop(hop, via, way), tunnel: null };
  const tunnel = await openHop(hop, via, way);
  return { hostKey: tunnel.facts.hostKey, tunnel };
}
