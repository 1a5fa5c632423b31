import { formatDuration } from '../util/format-duration.ts';
import { counted } from '../util/format-number.ts';

/** How the reading of a run went, beside its rows: what whoever judges it wants to know. What there was none of is absent. */
export interface Reading {
  /** The hours that its plan reads in. */
  readonly window?: { readonly from: string; readonly to: string; readonly zone: string };
  /** It waited for them. */
  readonly queued?: { readonly ms: number };
  /** It was paused, with its snapshot open. */
  readonly paused?: { readonly times: number; readonly ms: number };
  /** How often a connection was lost and what it was reading was read anew in the same snapshot. */
  readonly retries?: number;
}

/** A fact of a run, by name. */
export type Told = readonly [name: string, sentence: string];

/**
 * The same in sentences, from wherever it was written down: an entry of the ledger, the statement of a package, a run's
 * report. UNTRUSTED: any shape may come, and what is no such fact is not told.
 */
export function readingWords(reading: unknown): readonly Told[] {
  return [
    ...told('Hours', hoursOf(reading)),
    ...told('Pauses', pausesOf(at(reading, 'paused'))),
    ...told('Lost connections', retriesOf(countOf(at(reading, 'retries')))),
  ];
}

export const told = (name: string, sentence: string): readonly Told[] => (sentence === '' ? [] : [[name, sentence]]);

function hoursOf(reading: unknown): string {
  const [from, to, zone] = ['from', 'to', 'zone'].map((name) => textOf(at(at(reading, 'window'), name)));
  const waited = countOf(at(at(reading, 'queued'), 'ms'));
  const hours = from === '' || to === '' ? [] : [`Read only from ${from} to ${to} (${zone}).`];
  const wait = waited === 0 ? [] : [`It waited ${formatDuration(waited)} for them, without a connection.`];
  return [...hours, ...wait].join(' ');
}

function pausesOf(paused: unknown): string {
  const times = countOf(at(paused, 'times'));
  if (times === 0) return '';
  const took = formatDuration(countOf(at(paused, 'ms')));
  const often = times === 1 ? `Paused once, for ${took}` : `Paused ${counted(times, 'time')}, for ${took} in all`;
  return `${often}; its snapshot stayed open meanwhile.`;
}

function retriesOf(count: number): string {
  if (count === 0) return '';
  const lost = count === 1 ? 'One was lost' : `One was lost ${counted(count, 'time')}`;
  return `${lost}; what it was reading was read anew, in the same snapshot.`;
}

function at(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const countOf = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
