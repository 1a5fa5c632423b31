import type { Page } from 'playwright';

/** Work of a page that held it up, as the browser saw it. */
export interface LongTasks {
  /** Longest first, milliseconds. */
  readonly milliseconds: readonly number[];
}

/** Lets the browser write down every task over 50 ms; to be called once a page is open. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(`
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(Math.round(duration));
    }).observe({ type: 'longtask' });
  `);
}

/** What was written down since the last time. */
export async function takeLongTasks(page: Page): Promise<LongTasks> {
  const all = (await page.evaluate(`
    new Promise((resolve) => requestIdleCallback(() => resolve(globalThis.longTasks.splice(0)), { timeout: 500 }))
  `)) as number[];
  return { milliseconds: all.toSorted((a, b) => b - a) };
}
