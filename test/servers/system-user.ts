import { readFileSync } from 'node:fs';
import type { RunAs } from './keep-server.ts';

/** The named system user when the tests run as root (servers refuse root or should not have it); else null. */
export function systemUserWhenRoot(name: string): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  if (line === undefined) throw new Error(`The system has no user ${name}; npm test installs what brings it.`);
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
