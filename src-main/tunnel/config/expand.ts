import { configError } from './config-error.ts';
import type { ConfigLine } from './read-config.ts';

/** The words of a line with `%h` and its like filled in, as far as they are known here. */
export function expand({ words, where }: ConfigLine, tokens: Readonly<Record<string, string>>): string {
  return words.join(' ').replaceAll(/%(.)|\$\{/gs, (token, letter: string | undefined) => {
    if (letter === '%') return '%';
    const known = letter === undefined ? undefined : tokens[letter];
    if (known === undefined) throw configError(`${token} is not known here, in ${where}`);
    return known;
  });
}

/** The name that a server goes by in the net; `line`: its `HostName`, null where none is said. */
export function hostNameOf(line: ConfigLine | null, asked: string): string {
  return line === null ? asked : expand(line, { h: asked });
}
