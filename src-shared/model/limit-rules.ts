/**
 * What the limits of a plan may be, apart from its schema, so that a page that takes them says the same as the file's
 * reader without carrying all of it.
 */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
}

/** Milliseconds as servers and timers take them. */
const LONGEST_MS = 2_147_483_647;

/** Whole numbers, by the key of `limits`. Pauses: sessions tell their servers to wait for four hours (docs/adr/0018-pause.md). */
export const LIMIT_RANGES = {
  connections: { least: 1, most: 64 },
  rowsPerSecond: { least: 0, most: Number.MAX_SAFE_INTEGER },
  statementTimeoutMs: { least: 0, most: LONGEST_MS },
  lockTimeoutMs: { least: 1, most: LONGEST_MS },
  pauseMinutes: { least: 0, most: 180 },
} as const satisfies Readonly<Record<string, NumberRange>>;

/** A size as text: `64MiB`, `5 GB`. */
export const SIZE_TEXT = /^[1-9]\d{0,14} ?(B|KiB|MiB|GiB|TiB|kB|MB|GB|TB)$/;

export const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** An IANA name, `UTC`, or an offset such as `+01:00`. No zone of the machine is ever meant: the plan names it. */
export function isTimeZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What holds where the plan says nothing. A lock is waited for as long as those wait who queue behind us. */
export const DEFAULT_LIMITS = {
  connections: 1,
  lockTimeoutMs: 5000,
  pauseMinutes: 30,
  cellBytes: '64MiB',
} as const;
