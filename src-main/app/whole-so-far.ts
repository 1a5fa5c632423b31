import type { Core } from './core.ts';
import { readCheckpoints } from './run-checkpoints.ts';

/** What of a run was whole when its process ended. Whether it still is, is looked at when somebody goes on with the run. */
export interface WholeSoFar {
  readonly tables: number;
  /** Of tables that were not. */
  readonly parts: number;
  readonly rows: number;
  readonly bytes: number;
}

/** From what the run had written down until then; null: nothing was whole. */
export async function wholeSoFar(core: Core, run: string): Promise<WholeSoFar | null> {
  const { whole, cut } = await readCheckpoints(core, run);
  const parts = [...cut].flatMap(([table, found]) => (whole.has(table) ? [] : [...found.parts.values()]));
  const files = [...[...whole.values()].flatMap(({ result }) => result.resources), ...parts.map(({ file }) => file)];
  if (whole.size === 0 && parts.length === 0) return null;
  return {
    ...{ tables: whole.size, parts: parts.length },
    rows: files.reduce((rows, file) => rows + file.rows, 0),
    bytes: files.reduce((bytes, file) => bytes + file.bytes, 0),
  };
}
