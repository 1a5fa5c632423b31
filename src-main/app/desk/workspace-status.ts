import type { WorkspaceStatus } from '../../../src-shared/contract/app.ts';
import { toAppError } from '../../../src-shared/errors/app-error.ts';
import { openLedgerReader } from '../../ledger/read-ledger.ts';
import type { Desk } from './desk.ts';

/** What the status bar says. Reads checkpoints and lists only: it is asked at every change. */
export async function workspaceStatusOf(desk: Desk): Promise<WorkspaceStatus> {
  return {
    vault: await vaultOf(desk),
    ledger: await ledgerOf(desk),
    runsAlive: desk.runs.alive,
    revision: desk.changes.revision,
    basis: desk.changes.basis,
  };
}

async function vaultOf({ core }: Desk): Promise<WorkspaceStatus['vault']> {
  const vault = await core.vault();
  const held = await vault.list();
  const backends = [...new Set(held.map(({ backend }) => backend))];
  const title = backends.length === 0 ? null : backends.map((id) => vault.factsOf(id).title).join(', ');
  return { title, backend: backends[0] ?? null, secrets: held.length };
}

async function ledgerOf({ core, ledger }: Desk): Promise<WorkspaceStatus['ledger']> {
  const { ledgerFolder, keysFolder } = core.home;
  if (ledger.broken !== null) return { state: 'broken', ...ledger.broken };
  try {
    const reader = await openLedgerReader({ reader: core.store.read, ledgerFolder, keysFolder });
    return { state: 'holds', size: (await reader.checkpoint()).size };
  } catch (error) {
    const { code, message } = toAppError(error);
    return code === 'LEDGER/ABSENT' ? { state: 'absent', size: 0 } : { state: 'broken', size: 0, why: message };
  }
}
