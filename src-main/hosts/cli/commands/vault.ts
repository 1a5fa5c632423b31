import { resolve } from 'node:path';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { loadVault, saveVault } from '../../../app/move-vault.ts';
import type { Command, Invocation } from '../command.ts';
import { readSecretFromStdin } from '../read-secret.ts';

const statusCommand: Command = {
  path: ['vault', 'status'],
  summary: 'Says which backend holds the secrets, and proves it by writing, reading and deleting one.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill vault status',
  run: async ({ core, output }) => {
    const backends = await (await (await core()).vault()).status();
    output.result({ backends }, () => {
      for (const { backend, state, why, secrets } of backends) {
        output.line(
          `${backend.title}: ${state}${state === 'works' ? ' (wrote, read and deleted a test secret just now)' : ''}`,
        );
        if (why !== undefined) output.line(`  ${why}`);
        if (state === 'works') output.line(`  ${backend.protection}`);
        if (secrets !== null) output.line(`  holds ${secrets} secrets of this home`);
      }
    });
    return backends.some((status) => status.state === 'works' && status.backend.durable) ? 0 : 3;
  },
};

const exportCommand: Command = {
  path: ['vault', 'export'],
  summary: 'Writes all secrets of this home into one file under a passphrase, to move to another machine.',
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: { 'passphrase-stdin': { kind: 'switch', help: 'read the passphrase of the file from standard input' } },
  example: 'printf %s "$PW" | waybill vault export ./home.vault --passphrase-stdin',
  run: async (invocation) => {
    const core = await invocation.core();
    const path = resolve(invocation.io.cwd, invocation.positionals[0] ?? '');
    const passphrase = await passphraseOf(invocation);
    const report = await saveVault(core, { path, passphrase });
    invocation.output.result(report, () => invocation.output.line(`${report.names.length} secrets are in ${path}.`));
    return 0;
  },
};

const importCommand: Command = {
  path: ['vault', 'import'],
  summary: 'Stores the secrets of an exported file in this home.',
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: { 'passphrase-stdin': { kind: 'switch', help: 'read the passphrase of the file from standard input' } },
  example: 'printf %s "$PW" | waybill vault import ./home.vault --passphrase-stdin',
  run: async (invocation) => {
    const core = await invocation.core();
    const path = resolve(invocation.io.cwd, invocation.positionals[0] ?? '');
    const passphrase = await passphraseOf(invocation);
    const report = await loadVault(core, { path, passphrase });
    invocation.output.result(report, () => {
      invocation.output.line(
        `${report.imported.length} secrets were stored, ${report.unchanged.length} were there already.`,
      );
    });
    return 0;
  },
};

async function passphraseOf({ core, flags, io }: Invocation): Promise<SecretText> {
  const host = (await core()).host;
  const asked = flags.has('passphrase-stdin')
    ? await readSecretFromStdin(io)
    : await host.askSecret?.('Passphrase of the file: ');
  if (asked !== null && asked !== undefined) return asked;
  throw appError('VAULT/LOCKED', {
    message: 'The file needs a passphrase, and nobody was there to give one.',
    remedy: 'Pipe it and add --passphrase-stdin.',
  });
}

export const vaultCommands: readonly Command[] = [statusCommand, exportCommand, importCommand];
