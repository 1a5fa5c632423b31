import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';
import { projectRoot } from './source-file.ts';

const LIMIT_BYTES = 350_000;

/** The files that the first page loads before anything can be seen: its entry and what that imports, and their styles. */
function firstFiles(output: Rolldown.RolldownOutput['output']): readonly Uint8Array[] {
  const chunks = new Map(output.flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one] as const] : [])));
  const first = new Set<string>();
  const take = (name: string): void => {
    const chunk = chunks.get(name);
    if (chunk === undefined || first.has(name)) return;
    first.add(name);
    chunk.imports.forEach(take);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) take(chunk.fileName);
  const page = output.find(({ fileName }) => fileName === 'index.html');
  const html = page?.type === 'asset' ? String(page.source) : '';
  const styles = output.flatMap((one) =>
    one.type === 'asset' && one.fileName.endsWith('.css') && html.includes(one.fileName) ? [one.source] : [],
  );
  return [...[...first].map((name) => chunks.get(name)?.code ?? ''), ...styles].map((source) => Buffer.from(source));
}

it('shows its first page after less than 350 kB of program', { timeout: 120_000 }, async () => {
  const built = await build({
    configFile: join(projectRoot, 'vite.config.mjs'),
    mode: 'production',
    logLevel: 'silent',
    build: { write: false, sourcemap: false, license: false },
  });
  const { output } = [built].flat()[0] as Rolldown.RolldownOutput;
  const bytes = firstFiles(output).reduce((sum, file) => sum + gzipSync(file).length, 0);
  process.stdout.write(`first page: ${Math.round(bytes / 1000)} kB gzip\n`);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(LIMIT_BYTES);
});
