import type { Format } from '../ports/format.ts';
import { csv } from './csv/index.ts';
import { ndjson } from './ndjson/index.ts';

/** Every format Waybill writes. A new one is its folder and one line here. */
export const formats: readonly Format[] = [csv, ndjson];
