import { resolve } from 'node:path';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import { toWireError } from '../../../../src-shared/errors/wire.ts';
import { exitCodeOf } from '../../../../src-shared/errors/catalog.ts';
import type { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { counted, isOrAre, wasOrWere } from '../../../../src-shared/util/format-number.ts';
import { loadVault, MOVES_WITH_HOME, saveVault, STRONG_ENOUGH } from '../../../app/move-vault.ts';
import { secretInWords, vaultProblem } from '../../../app/vault-report.ts';
import type { VaultStatus } from '../../../ports/vault.ts';
import type { Command, Invocation } from '../command.ts';
import type { Output } from '../output.ts';
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
    const problem = vaultProblem(backends);
    const error = problem === null ? {} : { error: toWireError(problem) };
    output.result({ backends, ...error }, () => {
      for (const status of backends) showStatus(status, output);
      if (problem !== null) output.error(problem);
    });
    return problem === null ? 0 : exitCodeOf(problem.code);
  },
};

function showStatus({ backend, state, why, secrets }: VaultStatus, output: Output): void {
  const proof = state === 'works' ? ' (wrote, read and deleted a test secret just now)' : '';
  output.line(`${backend.title}: ${state}${proof}`);
  if (why !== undefined) output.detail(`  ${why}`);
  if (state === 'works') output.detail(`  ${backend.protection}`);
  if (secrets !== null) output.detail(`  holds ${counted(secrets, 'secret')} of this home`);
}

const TO_MOVE = [
  `To move a home: (1) export the vault; (2) copy from the home to the new one: ${MOVES_WITH_HOME.join(', ')}, as far as they are there; leave vault/, deliveries/ and logs/ behind; (3) there, import the file. Files that connections and targets name by their path (--file, --ca, --key, --known-hosts) have to lie at the same path.`,
  'From then on use one of the two homes only: a ledger that goes on in two places is forked.',
];

const exportCommand: Command = {
  path: ['vault', 'export'],
  summary: 'Writes all secrets of this home into one file under a passphrase, to move to another machine.',
  details: [
    `The file is encrypted with AES-256-GCM under a key that scrypt makes from the passphrase: it is as safe as the passphrase is, of ${STRONG_ENOUGH}. At a terminal it is asked for twice.`,
    ...TO_MOVE,
  ],
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: { 'passphrase-stdin': { kind: 'switch', help: 'read the passphrase of the file from standard input' } },
  example: 'printf %s "$PW" | waybill vault export ./home.vault --passphrase-stdin',
  run: async (invocation) => {
    const { core, io, output, positionals } = invocation;
    const path = resolve(io.cwd, positionals[0] ?? '');
    const passphrase = await passphraseOf(invocation, 'new');
    const { names, home, copy } = await saveVault(await core(), { path, passphrase });
    output.result({ path, names, home, copy }, () => {
      output.line(`${counted(names.length, 'secret')} ${isOrAre(names.length)} in ${path}.`);
      for (const name of names) output.detail(`  ${secretInWords(name)}`);
      output.detail(`To move this home, copy also, from ${home}:`);
      output.detail(`  ${copy.join(' ')}`);
      output.detail('Leave vault/ behind. There, run: `waybill vault import FILE`. Then use that home only.');
    });
    return 0;
  },
};

const importCommand: Command = {
  path: ['vault', 'import'],
  summary: 'Stores the secrets of an exported file in this home.',
  details: [
    'A secret that is here with another value is a conflict, and nothing is stored. The file opens nothing by itself: connections, targets, keys and the ledger they belong to have to be in this home, too.',
    ...TO_MOVE,
  ],
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: { 'passphrase-stdin': { kind: 'switch', help: 'read the passphrase of the file from standard input' } },
  example: 'printf %s "$PW" | waybill vault import ./home.vault --passphrase-stdin',
  run: async (invocation) => {
    const { core, io, output, positionals } = invocation;
    const path = resolve(io.cwd, positionals[0] ?? '');
    const passphrase = () => passphraseOf(invocation, 'known');
    const report = await loadVault(await core(), { path, passphrase });
    output.result(report, () => {
      const { imported, unchanged } = report;
      const were = wasOrWere(unchanged.length);
      output.line(
        `${counted(imported.length, 'secret')} ${wasOrWere(imported.length)} stored, ${unchanged.length} ${were} there already.`,
      );
      for (const name of imported) output.detail(`  stored: ${secretInWords(name)}`);
      for (const name of unchanged) output.detail(`  there already: ${secretInWords(name)}`);
    });
    return 0;
  },
};

async function passphraseOf({ core, flags, io }: Invocation, kind: 'new' | 'known'): Promise<SecretText> {
  const { askSecret } = (await core()).host;
  const strength = kind === 'new' ? ` (${STRONG_ENOUGH})` : '';
  const asked = flags.has('passphrase-stdin')
    ? await readSecretFromStdin(io)
    : await askSecret?.(`Passphrase of the file${strength}`);
  if (asked === null || asked === undefined) {
    throw appError('VAULT/LOCKED', {
      message: 'The file needs a passphrase, and none was given.',
      remedy: 'Pipe it and add --passphrase-stdin, or type it at a terminal.',
    });
  }
  if (kind === 'new' && !flags.has('passphrase-stdin')) {
    const again = await askSecret?.('The same passphrase again');
    if (again?.reveal() !== asked.reveal()) {
      throw appError('VAULT/PASSPHRASE_WRONG', {
        message: 'The two passphrases are not the same.',
        remedy: 'Start the command again and type the same passphrase twice.',
      });
    }
  }
  return asked;
}

export const vaultCommands: readonly Command[] = [statusCommand, exportCommand, importCommand];
