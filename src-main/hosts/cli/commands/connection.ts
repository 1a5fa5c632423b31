import type { Connector } from '../../../ports/connector.ts';
import type { Command } from '../command.ts';
import { addCommand } from './connection-add.ts';
import { passwordCommand, removeCommand } from './connection-change.ts';
import { listCommand, testCommand } from './connection-look.ts';

/** The `connection …` commands; the flags of `add` come from the connectors' own options. */
export function connectionCommands(connectors: readonly Connector[]): readonly Command[] {
  return [addCommand(connectors), listCommand, testCommand, passwordCommand, removeCommand];
}
