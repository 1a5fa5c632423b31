import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from './results.ts';

/** The data files of a package, by name. */
export function dataOf({ package: folder }: Pick<RunResult, 'package'>): Record<string, string> {
  const data = join(folder, 'data');
  return Object.fromEntries(readdirSync(data).map((name) => [name, readFileSync(join(data, name), 'utf8')]));
}
