import type { Registries } from '../../../app/core.ts';
import type { Command } from '../command.ts';
import { catalogCommand } from './catalog.ts';
import { connectionCommands } from './connection.ts';
import { deliverCommand } from './deliver.ts';
import { demoCommand } from './demo.ts';
import { keyCommands } from './key.ts';
import { ledgerCommands } from './ledger.ts';
import { lookCommands } from './look.ts';
import { planCommands } from './plan.ts';
import { resumeCommand } from './resume.ts';
import { runCommand } from './run.ts';
import { runsCommands } from './runs.ts';
import { targetCommands } from './target.ts';
import { vaultCommands } from './vault.ts';
import { verifyCommand } from './verify.ts';

/** Every command of this version; flags of adapters come from their options. */
export function allCommands(registries: Registries): readonly Command[] {
  return [
    ...connectionCommands([...registries.connectors.values()], registries.tunnel),
    catalogCommand,
    ...planCommands,
    ...lookCommands,
    runCommand,
    resumeCommand,
    ...runsCommands,
    ...targetCommands([...registries.targets.values()]),
    deliverCommand,
    verifyCommand,
    ...ledgerCommands,
    ...keyCommands,
    ...vaultCommands,
    demoCommand,
  ];
}
