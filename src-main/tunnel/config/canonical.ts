import { isIP } from 'node:net';
import { configError } from './config-error.ts';
import { hostNameOf } from './expand.ts';
import { wayOf } from './proxy-way.ts';
import type { ConfigLine } from './read-config.ts';
import type { Asked, HostSettings } from './said.ts';

const FULL_NAME =
  'Give the full name of the server with HostName under its Host, or with --ssh-host; or read no config file: --ssh-config none.';

/**
 * Whether names are made whole (`CanonicalizeHostname`). Where ssh would ask the name service for another name than the one
 * that is known, it is an error: another server might be meant.
 */
export function canonicalizes(settings: HostSettings, asked: Asked): boolean {
  const line = settings.first('canonicalizehostname');
  const mode = wordOf(line);
  const on = ['', 'no', 'false'].includes(mode) ? null : line;
  const aliases = settings.first('canonicalizepermittedcnames');
  const isAliased = !['', 'none'].includes(wordOf(aliases));
  if (on === null && !isAliased) return false;
  const name = hostNameOf(settings.first('hostname'), asked.host);
  // Names that another server looks up are left as they are.
  const isLed = asked.isLed === true || wayOf(settings) !== null;
  if (isIP(name) !== 0 || (mode !== 'always' && isLed)) return on !== null;
  if (on !== null && completes(settings, name)) {
    throw configError(`ssh would look "${name}" up in CanonicalDomains, and nothing is looked up here: ${on.where}`, {
      remedy: FULL_NAME,
    });
  }
  if (aliases !== null && isAliased) {
    throw configError(`ssh would look for another name of "${name}", and none is looked for here: ${aliases.where}`, {
      remedy: FULL_NAME,
    });
  }
  return on !== null;
}

/** A name with a dot at its end is whole; one with more dots than are counted passes for one. */
function completes(settings: HostSettings, name: string): boolean {
  const domains = settings.first('canonicaldomains')?.words ?? [];
  if (domains.length === 0 || domains[0]?.toLowerCase() === 'none') return false;
  const most = Number(wordOf(settings.first('canonicalizemaxdots')) || '1');
  return name.endsWith('.') || name.split('.').length - 1 <= most;
}

function wordOf(line: ConfigLine | null): string {
  return line?.words[0]?.toLowerCase() ?? '';
}
