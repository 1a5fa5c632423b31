import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A source file as the rules see it; `path` is relative to the project, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One breach of a rule, in words that name the place. */
export interface Breach {
  readonly path: string;
  readonly why: string;
}

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Sources of WebAssembly modules: not TypeScript, though they look like it; they import nothing but each other. */
const ASSEMBLY = /^src-main\/.+\/assembly\//;

/** All TypeScript files below the given folders; folders that do not exist yet hold none. */
export function readSources(...folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) => filesBelow(folder))
    .filter((path) => /\.tsx?$/.test(path) && !ASSEMBLY.test(path))
    .map((path) => ({ path, text: readFileSync(`${projectRoot}${path}`, 'utf8') }));
}

/** The product's own code: everything under src-*. */
export function readProduct(): readonly SourceFile[] {
  return readSources('src-shared', 'src-main', 'src-renderer');
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(`${projectRoot}${folder}`, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
