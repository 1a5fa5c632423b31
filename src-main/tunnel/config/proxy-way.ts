import type { ConfigLine } from './read-config.ts';
import type { HostSettings } from './said.ts';

/**
 * The line that says what leads to a server: of `ProxyJump` and `ProxyCommand` the first, as ssh takes it. A jump of `none`
 * leaves it to a command. null: nothing does.
 */
export function wayOf(settings: HostSettings): ConfigLine | null {
  const first = settings.first('proxyjump', 'proxycommand');
  const way = first?.keyword === 'proxyjump' && isNone(first) ? settings.first('proxycommand') : first;
  return way === null || isNone(way) ? null : way;
}

function isNone({ words }: ConfigLine): boolean {
  return words.join(' ').toLowerCase() === 'none';
}
