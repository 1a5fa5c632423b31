const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A time that is an estimate, no finer than anybody knows it: `3 s`, `90 s`, `4 min`, `2.5 h`. */
export function formatRoughDuration(milliseconds: number): string {
  if (milliseconds < 100 * SECOND) return `${Math.max(1, Math.round(milliseconds / SECOND))} s`;
  if (milliseconds < 100 * MINUTE) return `${Math.round(milliseconds / MINUTE)} min`;
  return `${(milliseconds / HOUR).toFixed(1)} h`;
}
