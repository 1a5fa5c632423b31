import { join } from 'node:path';
import { jumpText, readJump, splitList, type JumpHost } from '../jump-text.ts';
import type { TunnelOptions } from '../options.ts';
import { configError } from './config-error.ts';
import { findHost, type FoundHost } from './find-host.ts';
import { NO_CONFIG } from './no-config.ts';
import { readConfig, type ConfigLine } from './read-config.ts';

const MOST_HOPS = 16;

/**
 * Fills in what the person's SSH config says of the way. The options stand alone from then on: a file that changes later
 * leads no saved connection elsewhere.
 */
export async function settle(options: TunnelOptions, userFolder: string): Promise<TunnelOptions> {
  const { config } = options;
  if (config === NO_CONFIG) return options;
  const path = config ?? join(userFolder, '.ssh', 'config');
  const lines = await readConfig(path, { userFolder, mayLack: config === undefined });
  const named = options.jump === undefined ? null : readJump(options.jump);
  const found = findHost({ host: options.host, ...given(options) }, { lines, userFolder, isLed: named !== null });
  const key = options.key ?? (options.agent === true ? undefined : found.key());
  const hostKeyAlias = options.hostKeyAlias ?? found.hostKeyAlias();
  const jumps = wayTo(named ?? found.jumps(), { lines, userFolder, seen: 0 });
  return {
    ...{ ...options, host: found.host, port: found.port, config: NO_CONFIG },
    ...(found.user === undefined ? {} : { user: found.user }),
    ...(key === undefined ? {} : { key }),
    ...(hostKeyAlias === undefined ? {} : { hostKeyAlias }),
    ...(jumps.length === 0 ? {} : jumpOptions(jumps, { options, key, named: named?.length ?? jumps.length })),
  };
}

/** What the person said of the server. */
function given({ user, port }: TunnelOptions): Omit<JumpHost, 'host'> {
  return { ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) };
}

interface Looking {
  readonly lines: readonly ConfigLine[];
  readonly userFolder: string;
  readonly seen: number;
}

/** The jump hosts, each as the file describes it. The first one may have some of its own before it. */
function wayTo(hops: readonly JumpHost[], looking: Looking): FoundHost[] {
  const { lines, userFolder } = looking;
  const seen = looking.seen + hops.length;
  if (seen > MOST_HOPS) throw configError('The jump hosts lead to each other without an end');
  const found = hops.map((hop, index) => findHost(hop, { lines, userFolder, isLed: index > 0 }));
  const before = found[0]?.jumps() ?? [];
  return before.length === 0 ? found : [...wayTo(before, { ...looking, seen }), ...found];
}

interface Given {
  readonly options: TunnelOptions;
  readonly key: string | undefined;
  /** How many of the jump hosts the person named: the last ones. */
  readonly named: number;
}

type JumpOptions = Pick<TunnelOptions, 'jump' | 'jumpKeys' | 'jumpHostKeys' | 'jumpHostKeyAliases'>;

function jumpOptions(jumps: readonly FoundHost[], { options, key, named }: Given): JumpOptions {
  const { agent, jumpKeys, jumpHostKeys, jumpHostKeyAliases } = options;
  const listed = (list: string | undefined): string[] => alongTheWay(list, { named, all: jumps.length });
  const jump = jumpText(jumps.map(({ host, port, user }) => ({ host, port, ...(user === undefined ? {} : { user }) })));
  const givenKeys = listed(jumpKeys);
  const keys = jumps.map((hop, index) => {
    const given = givenKeys[index] ?? '';
    const own = given !== '' || agent === true ? given : (hop.key() ?? '');
    return own === key && given === '' ? '' : own;
  });
  const givenAliases = listed(jumpHostKeyAliases);
  const aliases = jumps.map((hop, index) => {
    const given = givenAliases[index] ?? '';
    return given === '' ? (hop.hostKeyAlias() ?? '') : given;
  });
  refuseCommas(keys, 'the name of a key file');
  refuseCommas(aliases, 'the HostKeyAlias');
  return {
    jump,
    ...(keys.every((path) => path === '') ? {} : { jumpKeys: keys.join(',') }),
    ...(jumpHostKeys === undefined ? {} : { jumpHostKeys: listed(jumpHostKeys).join(',') }),
    ...(aliases.every((alias) => alias === '') ? {} : { jumpHostKeyAliases: aliases.join(',') }),
  };
}

/**
 * A list with something for each jump host. It is of those that a person named, unless it is longer: then it is of all that
 * the file has put before them, too.
 */
function alongTheWay(
  list: string | undefined,
  { named, all }: { readonly named: number; readonly all: number },
): string[] {
  if (list === undefined) return [];
  const parts = splitList(list);
  const before = parts.length > named ? 0 : all - named;
  return [...Array.from({ length: before }, () => ''), ...parts];
}

/** Lists are kept with commas between their parts. */
function refuseCommas(parts: readonly string[], what: string): void {
  if (!parts.some((part) => part.includes(','))) return;
  throw configError(`A comma is in ${what} of a jump host`, { remedy: 'Take another one for it, without a comma.' });
}
