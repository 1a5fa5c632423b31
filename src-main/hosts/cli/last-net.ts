import { bug } from '../../../src-shared/errors/app-error.ts';
import { exitCodeOf } from '../../../src-shared/errors/catalog.ts';
import type { CliIo } from './cli-io.ts';
import { createOutput } from './output.ts';

/**
 * What to do with a failure that reached nobody: say it in the form of every error and leave at once, since nobody knows
 * what state the process is in. A run under way is interrupted then, and the next start writes that down.
 */
export function lastNet(
  args: readonly string[],
  { io, leave }: { readonly io: Pick<CliIo, 'stdout' | 'stderr' | 'env'>; readonly leave: (code: number) => void },
): (error: unknown) => void {
  return (error) => {
    const output = createOutput(io, { json: args.includes('--json'), quiet: true });
    output.error(bug('a failure was caught by nobody', originOf(error)));
    leave(exitCodeOf('APP/INVARIANT'));
  };
}

/** Kind and frames of a failure, without its text: a foreign one may quote a value. */
function originOf(error: unknown): Error {
  const origin = new Error();
  origin.name = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  origin.stack = [origin.name, ...frames].join('\n');
  return origin;
}
