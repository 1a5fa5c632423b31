// Days and microseconds since 2000-01-01 as dates and times: the server's own text under DateStyle ISO. Each function writes
// to `to` and returns the position behind. The calendar is Gregorian in both directions, as the server's is.
import { putPair, putU32 } from './digits';
import { LAST_DAY } from './memory-map';

const DAY_MICROS: i64 = 86400000000;
/** Eras of 400 years that make every day of the server's range positive, counted from a first of March. */
const ERAS_BEFORE: u32 = 20;
const ERA_DAYS: u32 = 146097;
/** From 0000-03-01 to 2000-01-01. */
const DAYS_TO_2000: u32 = 730425;

/** The last date was before year 1: ` BC` belongs to its end. */
export let isBefore: bool = false;

let lastDay: i32 = i32.MIN_VALUE;

/** A date without ` BC`. */
export function putDay(day: i32, to: usize): usize {
  if (day == lastDay) {
    v128.store(to, v128.load(LAST_DAY));
    isBefore = false;
    return to + 10;
  }
  const shifted = <u32>day + DAYS_TO_2000 + ERAS_BEFORE * ERA_DAYS;
  const era = shifted / ERA_DAYS;
  const ofEra = shifted - era * ERA_DAYS;
  const yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146096) / 365;
  const ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const fromMarch = (5 * ofYear + 2) / 153;
  const dayOfMonth = ofYear - (153 * fromMarch + 2) / 5 + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  let year = <i32>(yearOfEra + era * 400) - <i32>(ERAS_BEFORE * 400);
  if (month <= 2) year++;
  isBefore = year <= 0;
  if (isBefore) year = 1 - year;
  const at = putYear(<u32>year, to);
  store<u8>(at, 0x2d);
  putPair(month, at + 1);
  store<u8>(at + 3, 0x2d);
  putPair(dayOfMonth, at + 4);
  if (!isBefore && year <= 9999) {
    v128.store(LAST_DAY, v128.load(to));
    lastDay = day;
  }
  return at + 6;
}

function putYear(year: u32, to: usize): usize {
  if (year > 9999) return putU32(year, to);
  putPair(year / 100, to);
  putPair(year % 100, to + 2);
  return to + 4;
}

/** Microseconds of a day as `HH:MM:SS` and what there is of a fraction. */
export function putTimeOfDay(micros: i64, to: usize): usize {
  const seconds = <u32>(micros / 1000000);
  const fraction = <u32>(micros - <i64>seconds * 1000000);
  const minutes = seconds / 60;
  const hours = minutes / 60;
  putPair(hours, to);
  store<u8>(to + 2, 0x3a);
  putPair(minutes - hours * 60, to + 3);
  store<u8>(to + 5, 0x3a);
  putPair(seconds - minutes * 60, to + 6);
  return fraction == 0 ? to + 8 : putFraction(fraction, to + 8);
}

function putFraction(micros: u32, to: usize): usize {
  store<u8>(to, 0x2e);
  const upper = micros / 10000;
  const rest = micros - upper * 10000;
  putPair(upper, to + 1);
  putPair(rest / 100, to + 3);
  putPair(rest % 100, to + 5);
  let end = to + 7;
  while (load<u8>(end - 1) == 0x30) end--;
  return end;
}

/** Date, `separator`, time of day; without ` BC`. */
export function putMoment(micros: i64, separator: u8, to: usize): usize {
  let day = micros / DAY_MICROS;
  let ofDay = micros - day * DAY_MICROS;
  if (ofDay < 0) {
    day--;
    ofDay += DAY_MICROS;
  }
  const at = putDay(<i32>day, to);
  store<u8>(at, separator);
  return putTimeOfDay(ofDay, at + 1);
}

export function putBefore(to: usize): usize {
  store<u8>(to, 0x20);
  store<u16>(to + 1, 0x4342);
  return to + 3;
}
