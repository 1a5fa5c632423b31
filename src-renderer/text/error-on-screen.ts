import type { ErrorCode } from '../../src-shared/errors/catalog.ts';
import { toWireError, type WireError } from '../../src-shared/errors/wire.ts';
import { remedies } from './en/remedies.ts';
import { seenText } from './seen-text.ts';

/** Flags, commands and variables of a terminal, which mean nothing on screen. */
const OF_A_TERMINAL = /(?:^|[\s`(])(?:--[a-z]|waybill [a-z]|WAYBILL_[A-Z]|(?:plan|run) [a-zA-Z]+ --)/;
const ASIDE = /; on the command line: [^.]+/;
// Nothing on screen begins another ledger or mends one: the command is the only way, and is said.
const COMMAND_ONLY = /^(?:LEDGER|HOME)\//;

/** What to do about an error in the words of the screens; undefined: there is nothing to be said. */
export function remedyOnScreen(code: string, remedy: string | null | undefined): string | undefined {
  const said = remedy?.replace(ASIDE, '');
  if (said === undefined || !OF_A_TERMINAL.test(said)) return said;
  const ours = remedies[code as ErrorCode];
  if (ours !== undefined || COMMAND_ONLY.test(code)) return ours ?? said;
  const left = said.split(/(?<=\.)\s+/).filter((sentence) => !OF_A_TERMINAL.test(sentence));
  return left.length === 0 ? undefined : left.join(' ');
}

/** An error as screens show it: fact, remedy, code. */
export function errorOnScreen(error: unknown): WireError {
  const { remedy: given, ...wire } = toWireError(error);
  const remedy = remedyOnScreen(wire.code, given);
  return {
    ...wire,
    message: seenText(wire.message),
    ...(remedy === undefined ? {} : { remedy: seenText(remedy) }),
  };
}
