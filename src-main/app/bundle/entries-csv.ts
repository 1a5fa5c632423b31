import type { LedgerRecord } from '../../ledger/read-ledger.ts';
import { csvLine } from './csv-line.ts';
import { jsonText } from './json-text.ts';

/** First line of entries.csv. */
export const ENTRIES_HEADER = csvLine([
  'seq',
  'time',
  'type',
  'outcome',
  'who',
  'host',
  'run',
  'plan',
  'purpose',
  'connection',
  'destination',
  'rows',
  'error',
  'leaf_hash',
  'data',
]);

/** One entry of the ledger as a line of entries.csv; `data` holds everything the entry says, as JSON. */
export function entriesCsvLine({ seq, leafHash, entry }: LedgerRecord): string {
  if (entry.kind === 'seal') {
    const { time, run, manifest } = entry;
    const empty = Array.from({ length: 6 }, () => '');
    return csvLine([
      String(seq),
      time,
      'package.sealed',
      ...['', '', '', run],
      ...empty,
      leafHash,
      JSON.stringify({ manifest }),
    ]);
  }
  const { data } = entry;
  return csvLine([
    String(seq),
    entry.time,
    entry.type,
    jsonText(data, 'outcome'),
    jsonText(data, 'actor', 'osUser'),
    jsonText(data, 'host', 'name'),
    jsonText(data, 'correlation'),
    jsonText(data, 'plan', 'name') || jsonText(data, 'plan'),
    jsonText(data, 'purpose'),
    jsonText(data, 'source', 'connection') || jsonText(data, 'connection'),
    jsonText(data, 'destination', 'uri') || jsonText(data, 'destination', 'name') || jsonText(data, 'target'),
    jsonText(data, 'volume', 'rows'),
    jsonText(data, 'error'),
    leafHash,
    JSON.stringify(data),
  ]);
}
