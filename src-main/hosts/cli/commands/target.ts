import type { Target } from '../../../ports/target.ts';
import type { Command } from '../command.ts';
import { addCommand } from './target-add.ts';
import { passwordCommand, removeCommand } from './target-change.ts';
import { listCommand, testCommand } from './target-look.ts';

/** The `target …` commands; the flags of `add` come from the targets' own options. */
export function targetCommands(targets: readonly Target[]): readonly Command[] {
  return [addCommand(targets), listCommand, testCommand, passwordCommand, removeCommand];
}
