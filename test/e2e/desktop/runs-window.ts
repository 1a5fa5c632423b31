import { AxeBuilder } from '@axe-core/playwright';
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { ensurePages } from '../../../scripts/lib/ensure-pages.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { createSessionGate } from '../../../src-main/hosts/browser/session-gate.ts';
import { startServer } from '../../../src-main/hosts/browser/start-server.ts';
import type { Desk } from '../../../src-main/app/desk/desk.ts';
import { atRest } from './at-rest.ts';

const CHROMIUM = process.env['WAYBILL_CHROMIUM'] ?? '/usr/bin/chromium';

/** Windows of a desk that lives in the test's own process, so that the test can start runs without a screen for it. */
export interface Windows extends AsyncDisposable {
  open(how?: { readonly width?: number; readonly height?: number; readonly dark?: boolean }): Promise<Page>;
  /** Errors and warnings of consoles, and exceptions of pages. */
  readonly complaints: readonly string[];
}

export async function openWindows(desk: Desk): Promise<Windows> {
  await ensurePages(projectRoot);
  const gate = createSessionGate(() => performance.now());
  const server = await startServer({ desk, gate, pages: join(projectRoot, 'dist/renderer') });
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const complaints: string[] = [];
  return {
    complaints,
    async open({ width = 1280, height = 800, dark = false } = {}) {
      const context = await browser.newContext({
        ...{ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' },
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      await page.goto(`${server.origin}/#launch=${gate.newLaunch()}`);
      await page.getByRole('navigation', { name: 'Sections' }).waitFor();
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.close();
    },
  };
}

/** What axe finds serious on a page, as one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await atRest(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
