/** Settings of a reading session: what would move bytes is fixed. The order of texts is that of their bytes. */
export const SESSION_SETTINGS = [
  'alter session set',
  "nls_language = 'AMERICAN'",
  "nls_territory = 'AMERICA'",
  "nls_numeric_characters = '.,'",
  "nls_calendar = 'GREGORIAN'",
  "nls_date_language = 'AMERICAN'",
  // What a text in a condition is read by where it is compared with a date.
  "nls_date_format = 'YYYY-MM-DD HH24:MI:SS'",
  "nls_timestamp_format = 'YYYY-MM-DD HH24:MI:SS.FF'",
  "nls_timestamp_tz_format = 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM'",
  'nls_sort = BINARY',
  'nls_comp = BINARY',
  "time_zone = '+00:00'",
].join('\n');
