import { isAlive } from '../../src-shared/model/run-state.ts';
import type { RunDetail, RunUpdate } from '../../src-shared/contract/runs.ts';

/** As many as a run's detail holds. */
const KEPT_SECONDS = 600;

/** A live run as its messages add up: each after the first tells only what is new. */
export function mergeUpdate(known: RunUpdate | null, news: RunUpdate): RunUpdate {
  if (known === null) return news;
  return {
    ...news,
    tables: mergeTables(known.tables, news.tables),
    events: news.events.length === 0 ? known.events : [...known.events, ...news.events],
    throughput: mergeThroughput(known.throughput, news.throughput),
  };
}

function mergeTables(known: RunUpdate['tables'], news: RunUpdate['tables']): RunUpdate['tables'] {
  if (news.length === 0) return known;
  const changed = new Map(news.map((table) => [table.name, table]));
  return known.map((table) => changed.get(table.name) ?? table);
}

function mergeThroughput(known: RunUpdate['throughput'], news: RunUpdate['throughput']): RunUpdate['throughput'] {
  if (news.values.length === 0) return known;
  const values = [...known.values, ...news.values];
  const dropped = Math.max(0, values.length - KEPT_SECONDS);
  return { from: known.from + dropped, values: values.slice(dropped) };
}

/** A run as it is shown: what its record says, and over it what is moving, while it moves. */
export function overlay(detail: RunDetail, live: RunUpdate | undefined): RunDetail {
  if (live === undefined || !isAlive(detail)) return detail;
  const { summary, tables, totals, events, throughput, deliveries, load } = live;
  return { ...detail, ...summary, totals, tableList: tables, events, throughput, deliveries, load };
}
