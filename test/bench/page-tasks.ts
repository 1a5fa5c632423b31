import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright';

/** Tasks of a page's main thread while something was done, as the browser's own trace has them; milliseconds. */
export interface PageTasks {
  /** Those of a millisecond and more: shorter ones would only press the percentile down. */
  readonly count: number;
  readonly p99: number;
  readonly longest: number;
  readonly over50: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly message?: string } };
}

const BEGIN = 'waybill: begin';
/** Lets the pointer be somewhere first, so that what the trace costs the first script of the page is over. */
const SETTLE_MS = 300;

/** Traces the page while `work` runs. Nothing may be asked of the page meanwhile, since asking is work of the page too. */
export async function tasksOf(page: Page, work: () => Promise<void>): Promise<PageTasks> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser of its own.');
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'],
  });
  await page.mouse.move(640, 798);
  await wait(SETTLE_MS);
  await page.evaluate(`console.timeStamp('${BEGIN}')`);
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const begin = traceEvents.find(({ name, args }) => name === 'TimeStamp' && args?.data?.message === BEGIN)?.ts;
  if (begin === undefined) throw new Error('The trace does not say when the work began.');
  const lengths = traceEvents
    .filter(({ name, ts }) => name === 'RunTask' && ts > begin)
    .filter(({ pid, tid, dur }) => dur !== undefined && mains.has(`${pid} ${tid}`))
    // The time of the thread, where the trace has it: other programs of the machine do not count.
    .map(({ dur = 0, tdur = dur }) => tdur / 1000)
    .filter((milliseconds) => milliseconds >= 1)
    .toSorted((a, b) => a - b);
  return {
    count: lengths.length,
    p99: lengths[Math.ceil(lengths.length * 0.99) - 1] ?? 0,
    longest: lengths.at(-1) ?? 0,
    over50: lengths.filter((milliseconds) => milliseconds > 50).length,
  };
}
