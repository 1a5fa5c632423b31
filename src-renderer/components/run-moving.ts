import type { RunUpdate } from '../../src-shared/contract/runs.ts';
import { text } from '../text/text.ts';

/** Every table is read, written and read again: what is left is sealing and sending, of which rows say nothing. */
export const isAllWritten = (tables: readonly { readonly state: string }[]): boolean =>
  tables.length > 0 && tables.every(({ state }) => state === 'finished');

/** What a run is at when all its tables are written. */
export function afterReading(deliveries: RunUpdate['deliveries']): string {
  const sending = deliveries.find(({ state }) => state === 'sending');
  return sending === undefined ? text.runs.strip.sealing : text.runs.strip.delivering(sending.target);
}
