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
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Traces the page while `work` runs. Nothing may be asked of the page meanwhile, since asking is work of the page too. */
export async function tasksOf(page: Page, work: () => Promise<void>): Promise<PageTasks> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser of its own.');
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'],
  });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const lengths = traceEvents
    .filter(({ name, pid, tid, dur }) => name === 'RunTask' && dur !== undefined && mains.has(`${pid} ${tid}`))
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
