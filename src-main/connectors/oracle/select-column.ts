/**
 * What stands in the SELECT list for a column, so that what the server sends is exact. The driver would make a Number of a
 * NUMBER and a Date of a date; so these are asked for as text, in a mask that depends on no setting of the session.
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/Format-Models.html
 */
import { parseNativeType } from './types.ts';

const DATE_TIME = 'SYYYY-MM-DD"T"HH24:MI:SS';

/** The entry for a quoted column. No alias: ORDER BY must find the column. What the driver carries bit by bit stands as it is. */
export function selectColumn(quoted: string, nativeType: string): string {
  const type = parseNativeType(nativeType);
  const size = type?.size ?? null;
  switch (type?.name ?? '') {
    case 'NUMBER':
    case 'FLOAT':
      return `to_char(${quoted}, 'TM9', 'nls_numeric_characters = ''.,''')`;
    case 'DATE':
      return `to_char(${quoted}, '${DATE_TIME}')`;
    case 'TIMESTAMP':
      return `to_char(${quoted}, '${DATE_TIME}${fraction(size)}')`;
    case 'TIMESTAMP WITH TIME ZONE':
      return `to_char(${quoted}, '${DATE_TIME}${fraction(size)}TZH:TZM')`;
    case 'TIMESTAMP WITH LOCAL TIME ZONE':
      return `to_char(sys_extract_utc(${quoted}), '${DATE_TIME}${fraction(size)}')`;
    case 'INTERVAL YEAR TO MONTH':
    case 'INTERVAL DAY TO SECOND':
      return `to_char(${quoted})`;
    case 'XMLTYPE':
      return `xmlserialize(content ${quoted} as clob no indent)`;
    case 'JSON':
      return `json_serialize(${quoted} returning clob)`;
    default:
      return quoted;
  }
}

function fraction(digits: number | null): string {
  const places = digits ?? 6;
  return places === 0 ? '' : `.FF${places}`;
}
