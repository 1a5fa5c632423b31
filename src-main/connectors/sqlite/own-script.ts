import { fileURLToPath } from 'node:url';

/** A script of this folder that runs on a thread or in a process of its own: as source, or as its bundle beside this one. */
export function ownScript(name: 'reader-child' | 'lifeline-worker'): string {
  const file = import.meta.url.endsWith('.ts') ? `${name}.ts` : `sqlite-${name}.mjs`;
  return fileURLToPath(new URL(`./${file}`, import.meta.url));
}
