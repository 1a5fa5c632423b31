import { formatMoment } from '../../../src-shared/util/format-moment.ts';

/** The time of today, the day of before. */
export function shortMoment(instant: string, now: Date = new Date()): string {
  const whole = formatMoment(instant, now);
  const time = /\d\d:\d\d:\d\d$/.exec(whole)?.[0] ?? '';
  const day = whole.slice(0, -time.length).trim();
  return day === formatMoment(now.toISOString(), now).replace(/ \d\d:\d\d:\d\d$/, '') ? time.slice(0, 5) : day;
}

/** The clock's time with thousandths, for lists of what happened. */
export function clockTime(instant: string): string {
  const at = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  const thousandths = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${thousandths}`;
}
