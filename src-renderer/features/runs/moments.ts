import { formatMoment } from '../../../src-shared/util/format-moment.ts';

/** The time of today, the day of before. */
export function shortMoment(instant: string, now: Date = new Date()): string {
  const whole = formatMoment(instant, now);
  const time = /\d\d:\d\d:\d\d$/.exec(whole)?.[0] ?? '';
  const day = whole.slice(0, -time.length).trim();
  return day === formatMoment(now.toISOString(), now).replace(/ \d\d:\d\d:\d\d$/, '') ? time.slice(0, 5) : day;
}
