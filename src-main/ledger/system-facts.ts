import { readFileSync } from 'node:fs';
import { hostname, networkInterfaces, platform, userInfo } from 'node:os';
import type { LedgerFacts } from './ledger-home.ts';

/** What the system says about user, machine and boot. */
export function systemFacts(app: LedgerFacts['app']): LedgerFacts {
  return {
    actor: { osUser: userName() },
    app,
    host: { name: hostname(), os: platform(), ip: addresses() },
    boot: bootId(),
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list, as in containers: the number is all there is.
    return `uid:${process.getuid?.() ?? 'unknown'}`;
  }
}

function addresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  // Link-local IPv6 addresses say nothing outside their link.
  const told = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  return told.map(({ address }) => address).sort();
}

function bootId(): string | null {
  if (platform() !== 'linux') return null;
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
