import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const LAUNCH_LIFE_MS = 60_000;

export interface SessionGate {
  /** A new secret for one start of a browser: good once, for 60 seconds. */
  newLaunch(): string;
  /** Swaps a launch secret for a session key; null: unknown, used before, or too old. */
  redeem(launch: string): string | null;
  /** Whether this is a key that was given out. */
  admits(session: string): boolean;
}

/**
 * Who may speak to the core. A launch secret travels in a file that only this user can read and in the fragment of an
 * address, which no server and no referrer sees; the page swaps it for a session key at once. Only hashes are kept, and
 * they are compared in constant time.
 */
export function createSessionGate(nowMs: () => number): SessionGate {
  const launches = new Map<string, number>();
  const sessions: Buffer[] = [];
  const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();
  const fresh = (): string => randomBytes(32).toString('base64url');
  return {
    newLaunch() {
      const secret = fresh();
      launches.set(hash(secret).toString('hex'), nowMs() + LAUNCH_LIFE_MS);
      return secret;
    },
    redeem(launch) {
      const name = hash(launch).toString('hex');
      const until = launches.get(name);
      launches.delete(name);
      if (until === undefined || nowMs() > until) return null;
      const session = fresh();
      sessions.push(hash(session));
      return session;
    },
    admits(session) {
      const given = hash(session);
      return sessions.filter((known) => timingSafeEqual(known, given)).length > 0;
    },
  };
}
