const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long something took or will take: `38 ms`, `1.4 s`, `12 s`, `01:04`, `2:03:09`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10 * SECOND) return `${(milliseconds / SECOND).toFixed(1)} s`;
  // `00:12` in a sentence might be minutes.
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / SECOND)} s`;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = `${two((milliseconds % HOUR) / MINUTE)}:${two((milliseconds % MINUTE) / SECOND)}`;
  return milliseconds < HOUR ? clock : `${Math.floor(milliseconds / HOUR)}:${clock}`;
}
