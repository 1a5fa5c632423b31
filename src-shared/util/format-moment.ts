const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (figure: number): string => String(figure).padStart(2, '0');

/**
 * An instant (ISO 8601) where the person is, for lists: `23 Nov 14:06:12`; one of another year has it:
 * `23 Nov 2025 14:06:12`. What is no instant stays as it is.
 */
export function formatMoment(instant: string, now: Date = new Date()): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const year = at.getFullYear() === now.getFullYear() ? '' : ` ${at.getFullYear()}`;
  return `${at.getDate()} ${MONTHS[at.getMonth()] ?? ''}${year} ${formatTimeOfDay(instant)}`;
}

/** The day of an instant (ISO 8601), where the person is: `2026-11-25`. */
export function formatDay(instant: string): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The time of day of an instant, where the person is: `14:01:37`. */
export function formatTimeOfDay(instant: string): string {
  const at = new Date(instant);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** An instant to the minute, short: `14:01`; one of another day has it: `23 Nov 14:01`. */
export function formatClock(instant: string, now: Date = new Date()): string {
  const isToday = formatDay(instant) === formatDay(now.toISOString());
  return (isToday ? formatTimeOfDay(instant) : formatMoment(instant, now)).slice(0, -3);
}

/** The same with thousandths, for lists of what happened: `14:01:37.250`. */
export function formatExactTime(instant: string): string {
  return `${formatTimeOfDay(instant)}.${String(new Date(instant).getMilliseconds()).padStart(3, '0')}`;
}
