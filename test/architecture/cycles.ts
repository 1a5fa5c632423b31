import { importsOf } from './imports-of.ts';
import type { Breach, SourceFile } from './source-file.ts';

/** Circles of imports, each reported once, at its first file; type-only imports count, for readers walk in circles too. */
export function findCycles(files: readonly SourceFile[]): readonly Breach[] {
  const targets = new Map(
    files.map((file) => [file.path, importsOf(file).flatMap((each) => (each.path === null ? [] : [each.path]))]),
  );
  const finished = new Set<string>();
  const breaches: Breach[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) breaches.push({ path, why: `imports itself: ${[...trail.slice(start), path].join(' → ')}` });
    if (start >= 0 || finished.has(path)) return;
    for (const next of targets.get(path) ?? []) walk(next, [...trail, path]);
    finished.add(path);
  };
  for (const { path } of files) walk(path, []);
  return breaches;
}
