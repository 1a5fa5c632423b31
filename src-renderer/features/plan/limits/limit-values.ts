import type { Plan } from '../../../../src-shared/model/plan.ts';
import { isTimeZone, SIZE_TEXT, TIME_OF_DAY, type NumberRange } from '../../../../src-shared/model/limit-rules.ts';
import { text } from '../../../text/text.ts';

export type Limits = NonNullable<Plan['limits']>;
export type Hours = NonNullable<Limits['window']>;

const words = text.planLimits.refused;

/** What was typed: a value of the plan, undefined where the field was emptied; or why it is none. */
export type Typed<Value> = { readonly value: Value | undefined } | { readonly refused: string };

/** The block with one key set; undefined takes it out, and an empty block is none. */
export function withLimit<Key extends keyof Limits>(
  limits: Limits | undefined,
  { key, value }: { readonly key: Key; readonly value: Limits[Key] | undefined },
): Limits | null {
  const entries = Object.entries({ ...limits, [key]: value }).filter(([, each]) => each !== undefined);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** A whole number; blanks and commas between its digits are people's. */
export function readNumber(typed: string, range: NumberRange): Typed<number> {
  const digits = typed.replaceAll(/[\s,_]/g, '');
  if (digits === '') return { value: undefined };
  const value = /^\d{1,16}$/.test(digits) ? Number(digits) : Number.NaN;
  return isWithin(value, range) ? { value } : { refused: words.number(typed.trim(), range) };
}

/** Milliseconds, typed in seconds with at most three places. */
export function readSeconds(typed: string, range: NumberRange): Typed<number> {
  const digits = typed.trim();
  if (digits === '') return { value: undefined };
  const isTime = /^\d{1,10}(?:[.,]\d{1,3})?$/.test(digits);
  const value = isTime ? Math.round(Number(digits.replace(',', '.')) * 1000) : Number.NaN;
  return isWithin(value, range) ? { value } : { refused: words.seconds(digits, range) };
}

/** Milliseconds as they are typed: `5`, `0.25`. */
export const showSeconds = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? '' : String(milliseconds / 1000);

/** A size as the plan spells it. `orNone`: 0 is one. */
export function readSize(typed: string, { orNone }: { readonly orNone: boolean }): Typed<string | number> {
  const size = typed.trim();
  if (size === '') return { value: undefined };
  const bytes = /^\d{1,16}$/.test(size) ? Number(size) : Number.NaN;
  if (isWithin(bytes, { least: orNone ? 0 : 1, most: Number.MAX_SAFE_INTEGER })) return { value: bytes };
  return SIZE_TEXT.test(size) ? { value: size } : { refused: words.size(size) };
}

/** Hours with one part of them changed. */
export function readHours(hours: Hours, change: Partial<Hours>): Typed<Hours> {
  const { from, to, zone } = { ...hours, ...change };
  const value = { from: from.trim(), to: to.trim(), zone: zone.trim() };
  for (const time of [value.from, value.to]) if (!TIME_OF_DAY.test(time)) return { refused: words.time(time) };
  if (!isTimeZone(value.zone)) return { refused: words.zone(value.zone) };
  return value.from === value.to ? { refused: words.noHours } : { value };
}

/** What is proposed where somebody only says that there are hours: a night by the clocks of this machine. */
export const firstHours = (): Hours => ({
  from: '22:00',
  to: '06:00',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** How long they are, in minutes; over midnight where they end before they begin. */
export function minutesOf({ from, to }: Hours): number {
  const [begin, end] = [from, to].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  const day = 24 * 60;
  return ((end ?? 0) - (begin ?? 0) + day) % day;
}

const isWithin = (value: number, { least, most }: NumberRange): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;
