import type { HostCapabilities } from '../../ports/host.ts';
import type { CliIo } from './cli-io.ts';
import { ask, askSecret } from './read-secret.ts';

/** A terminal can ask; a script cannot, and gets an error that says which flag answers. */
export function hostCapabilities(io: CliIo): HostCapabilities {
  const interactive = io.stdin.isTTY && io.stderr.isTTY;
  if (!interactive) return { askSecret: null, confirm: null };
  return {
    askSecret: (question) => askSecret(io, question),
    confirm: async (question) => /^y(es)?$/i.test((await ask(io, question)).trim()),
  };
}
