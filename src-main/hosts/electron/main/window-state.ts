import { screen, type Rectangle } from 'electron';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

export const SMALLEST = { width: 1024, height: 700 };
const USUAL = { width: 1280, height: 800 };
/** So much of a window must be on a screen for a person to take hold of it. */
const GRIP = 64;

const windowState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(SMALLEST.width),
  height: z.number().int().min(SMALLEST.height),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

export interface OpeningState {
  readonly bounds: Partial<Rectangle> & { readonly width: number; readonly height: number };
  readonly maximized: boolean;
}

/** Where the window was last; the middle of the screen in its usual size when that is unknown, or off every screen now. */
export function readWindowState(file: string): OpeningState {
  const { maximized, ...bounds } = stored(file) ?? { ...USUAL, maximized: false };
  return 'x' in bounds && isReachable(bounds) ? { bounds, maximized } : { bounds: sizeOf(bounds), maximized };
}

/** Keeps it for the next start. A place that cannot be written to costs the memory and nothing else. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(state), { mode: 0o600 });
    renameSync(aside, file);
  } catch {
    // The window opens in its usual size next time.
  }
}

function stored(file: string): WindowState | null {
  try {
    return windowState.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

function sizeOf({ width, height }: { width: number; height: number }): { width: number; height: number } {
  return { width, height };
}

/** The middle of the title bar is on some screen. */
function isReachable({ x, y, width }: Rectangle): boolean {
  const middle = x + width / 2;
  return screen.getAllDisplays().some(({ workArea }) => {
    const isBeside = middle > workArea.x + GRIP && middle < workArea.x + workArea.width - GRIP;
    return isBeside && y >= workArea.y && y < workArea.y + workArea.height - GRIP;
  });
}
