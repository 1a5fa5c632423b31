import type { OpenPlan } from '../../app/open-plan.ts';
import { askText } from './ask.ts';
import type { Invocation } from './command.ts';
import { isInteractive } from './host-capabilities.ts';

/** A production connection is typed by name, where somebody can type; else `--confirm` has to say it. */
export async function askForName(open: OpenPlan, { io, signal }: Invocation): Promise<string | undefined> {
  const { name, record } = open.connection;
  if (!record.production || !isInteractive(io)) return undefined;
  return (await askText({ io, signal }, `${name} is a production connection. Type its name to go on`)).trim();
}
