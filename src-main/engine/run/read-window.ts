/**
 * The hours in which a plan lets its tables be read, by the clocks of a named zone: nothing depends on the zone of the
 * machine. Where clocks are put forward or back, what they show counts.
 */
export interface ReadWindow {
  /** `22:00`; inclusive. */
  readonly from: string;
  /** `06:00`; exclusive. Before `from`: it is that time of the next day. */
  readonly to: string;
  /** IANA name, or an offset such as `+01:00`. */
  readonly zone: string;
}

const MINUTE_MS = 60_000;
/** A window that falls into the hour that is left out in spring opens on the day after. */
const LOOK_AHEAD_MINUTES = 49 * 60;

/** Whether the window is open at this moment, and when that changes. */
export function windowAt(window: ReadWindow, at: Date): { readonly isOpen: boolean; readonly changes: Date } {
  const minuteOf = minutesIn(window.zone);
  const [from, to] = [minutesOf(window.from), minutesOf(window.to)];
  const isOpenAt = (ms: number): boolean => {
    const minute = minuteOf(ms);
    return from < to ? from <= minute && minute < to : from <= minute || minute < to;
  };
  const isOpen = isOpenAt(at.getTime());
  const first = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  // Minute by minute, since no arithmetic knows what a zone does to its clocks.
  let next = 1;
  while (next < LOOK_AHEAD_MINUTES && isOpenAt(first + next * MINUTE_MS) === isOpen) next++;
  return { isOpen, changes: new Date(first + next * MINUTE_MS) };
}

/** `22:00–06:00 Europe/Berlin`. */
export const windowWords = ({ from, to, zone }: ReadWindow): string => `${from}–${to} ${zone}`;

function minutesIn(zone: string): (ms: number) => number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  return (ms) => minutesOf(clock.format(ms));
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
