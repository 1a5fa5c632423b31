/** `YYYY-MM-DD`, a day that exists in the (proleptic) Gregorian calendar, years 0001 to 9999. */
export function isDate(text: string): boolean {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** `HH:MM:SS`, a time of day. */
export function isTime(text: string): boolean {
  return /^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$/.test(text);
}

/** What a timestamp or time of this zone ends in. */
export function isZone(text: string, zone: 'none' | 'utc' | 'offset'): boolean {
  if (zone === 'none') return text === '';
  if (zone === 'utc') return text === 'Z';
  return /^[+-](0[0-9]|1[0-5]):[0-5][0-9]$/.test(text);
}
