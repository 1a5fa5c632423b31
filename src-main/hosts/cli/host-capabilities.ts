import type { HostCapabilities } from '../../ports/host.ts';
import { askSecret, askYesNo, type Asker } from './ask.ts';
import type { CliIo } from './cli-io.ts';

/** A terminal can ask; a script cannot, and gets an error that says which flag answers. */
export function hostCapabilities(asker: Asker): HostCapabilities {
  if (!isInteractive(asker.io)) return { askSecret: null, confirm: null };
  return {
    askSecret: (question) => askSecret(asker, question),
    confirm: (question) => askYesNo(asker, question),
  };
}

/** Whether a person can be asked: what is typed comes from a terminal, and the question is seen on one. */
export function isInteractive({ stdin, stderr }: CliIo): boolean {
  return stdin.isTTY && stderr.isTTY;
}
