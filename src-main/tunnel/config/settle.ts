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
  const found = findHost(lines, { host: options.host, ...given(options) }, userFolder);
  const key = options.key ?? (options.agent === true ? undefined : found.key);
  const named = options.jump === undefined ? null : readJump(options.jump);
  const jumps = wayOf(named ?? found.jumps(), { lines, userFolder, seen: 0 });
  const before = named === null ? 0 : jumps.length - named.length;
  return {
    ...{ ...options, host: found.host, port: found.port, config: NO_CONFIG },
    ...(found.user === undefined ? {} : { user: found.user }),
    ...(key === undefined ? {} : { key }),
    ...(jumps.length === 0 ? {} : jumpOptions(jumps, { options, key, before })),
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
function wayOf(hops: readonly JumpHost[], looking: Looking): FoundHost[] {
  const { lines, userFolder } = looking;
  const seen = looking.seen + hops.length;
  if (seen > MOST_HOPS) throw configError('The jump hosts lead to each other without an end');
  const found = hops.map((hop) => findHost(lines, hop, userFolder));
  const before = found[0]?.jumps() ?? [];
  return before.length === 0 ? found : [...wayOf(before, { ...looking, seen }), ...found];
}

interface Given {
  readonly options: TunnelOptions;
  readonly key: string | undefined;
  /** How many jump hosts the file puts before those that the person named. */
  readonly before: number;
}

function jumpOptions(
  jumps: readonly FoundHost[],
  { options, key, before }: Given,
): Pick<TunnelOptions, 'jump' | 'jumpKeys' | 'jumpHostKeys'> {
  const jump = jumpText(jumps.map(({ host, port, user }) => ({ host, port, ...(user === undefined ? {} : { user }) })));
  const unnamed = Array.from({ length: before }, () => '');
  const given = [...unnamed, ...splitList(options.jumpKeys ?? '')];
  const keys = jumps.map(({ key: own }, index) => {
    const named = given[index] ?? '';
    if (named !== '') return named;
    return options.agent === true || own === undefined || own === key ? '' : own;
  });
  if (keys.some((path) => path.includes(',')))
    throw configError('A comma is in the name of a key file of a jump host', { remedy: 'Rename that key file.' });
  const { jumpHostKeys } = options;
  return {
    jump,
    ...(keys.every((path) => path === '') ? {} : { jumpKeys: keys.join(',') }),
    ...(jumpHostKeys === undefined ? {} : { jumpHostKeys: [...unnamed, jumpHostKeys].join(',') }),
  };
}
