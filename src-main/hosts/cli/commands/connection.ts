import type { Connector } from '../../../ports/connector.ts';
import type { TunnelKind } from '../../../ports/tunnel.ts';
import type { Command } from '../command.ts';
import { addCommand } from './connection-add.ts';
import { passwordCommand, removeCommand } from './connection-change.ts';
import { listCommand, testCommand } from './connection-look.ts';

/** The `connection …` commands; the flags of `add` come from the options of the connectors and of the tunnel. */
export function connectionCommands(connectors: readonly Connector[], tunnel: TunnelKind): readonly Command[] {
  return [addCommand(connectors, tunnel), listCommand, testCommand, passwordCommand, removeCommand];
}
