import type { Page } from 'playwright';
import { expect } from 'vitest';

const IS_AT_REST = `document.getAnimations().every(
  ({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().iterations === Infinity,
)`;

/** Waits for what moves or fades once: half faded, a text has no contrast. What turns for ever is let be. */
export async function atRest(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(IS_AT_REST)).toBe(true);
}
