import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The script of a thread: beside this file as source when it runs from source, as a bundle of its own in a build. */
export function threadScript(name: string): string {
  const bundled = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
}
