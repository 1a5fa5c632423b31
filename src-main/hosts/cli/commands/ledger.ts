import { resolve } from 'node:path';
import { bundleLedger } from '../../../app/bundle-ledger.ts';
import { listEntries, ledgerCheckpoint, showEntry, startNewLedger } from '../../../app/ledger-entries.ts';
import type { Command } from '../command.ts';
import { layOutTable } from '../output.ts';
import { usage } from '../parse-arguments.ts';

const listCommand: Command = {
  path: ['ledger', 'list'],
  summary: 'Lists the entries of the audit ledger, oldest first.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill ledger list',
  run: async ({ output, verifier }) => {
    const { origin, size, entries } = await listEntries(verifier);
    output.result({ origin, size, entries }, () => {
      output.line(`${origin}: ${size} entries`);
      const rows = entries.map((entry) => [
        String(entry.seq),
        entry.time,
        entry.type,
        entry.outcome ?? '',
        entry.about,
      ]);
      for (const line of layOutTable(rows, [0])) output.line(line);
    });
    return 0;
  },
};

const showCommand: Command = {
  path: ['ledger', 'show'],
  summary: 'Shows one entry: its exact line and its hash.',
  usage: 'SEQ',
  positionals: { min: 1, max: 1 },
  flags: {},
  example: 'waybill ledger show 17',
  run: async ({ output, positionals, verifier }) => {
    const given = positionals[0] ?? '';
    if (!/^\d{1,12}$/.test(given)) throw usage(`"${given}" is not the number of an entry.`, 'See: waybill ledger list');
    const entry = await showEntry(verifier, Number(given));
    output.result(entry, () => {
      output.line(`entry ${entry.seq}, leaf hash ${entry.leafHash}`);
      output.line(entry.line);
    });
    return 0;
  },
};

const checkpointCommand: Command = {
  path: ['ledger', 'checkpoint'],
  summary: 'Prints the signed checkpoint: keep it elsewhere, and it becomes an outside anchor.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill ledger checkpoint > 2026-11-23.checkpoint',
  run: async ({ io, output, verifier }) => {
    const { checkpoint, vkey } = await ledgerCheckpoint(verifier);
    output.result({ checkpoint, vkey }, () => void io.stdout.write(checkpoint));
    return 0;
  },
};

const bundleCommand: Command = {
  path: ['ledger', 'bundle'],
  summary: 'Writes the ledger, its packages’ papers and its runs’ plans into a folder that an auditor can take away.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {
    out: { kind: 'text', value: 'DIR', help: 'the folder to make; it must not exist' },
    'without-sql': {
      kind: 'switch',
      help: 'leave out SQL statements and compiled plans; the plans stay, with their filters as written',
    },
  },
  example: 'waybill ledger bundle --out ./audit-2026-11',
  run: async ({ core, flags, io, output, signal }) => {
    const out = flags.text('out');
    if (out === undefined || out === '') throw usage('The folder is missing.', 'Give it with --out DIR.');
    const made = await bundleLedger(await core(), {
      out: resolve(io.cwd, out),
      withoutSql: flags.has('without-sql'),
      signal,
    });
    output.result(made, () => {
      for (const absent of made.absent) output.note(`Left out: ${absent}`);
      output.line(`Bundle: ${made.bundle}`);
      output.line(`${made.size} entries, ${made.files} files. Check it with: waybill verify ${made.bundle}`);
    });
    return 0;
  },
};

const newCommand: Command = {
  path: ['ledger', 'new'],
  summary: 'Starts a ledger; --after begins a new one when the key of the old one is lost. The old one stays.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {
    after: { kind: 'text', value: 'ORIGIN', help: 'the ledger that ends' },
    org: { kind: 'text', value: 'DOMAIN', help: 'your organisation, as the first part of the origin' },
  },
  example: 'waybill ledger new --org example.net',
  run: async ({ core, flags, output }) => {
    const after = flags.text('after');
    const org = flags.text('org');
    const started = await startNewLedger(await core(), {
      ...(after === undefined ? {} : { after }),
      ...(org === undefined ? {} : { org }),
    });
    output.result(started, () => {
      output.line(`Ledger ${started.origin}`);
      output.line(`Key    ${started.vkey}`);
      output.line('Give this key to those who will verify, by another way than the packages.');
    });
    return 0;
  },
};

export const ledgerCommands: readonly Command[] = [
  listCommand,
  showCommand,
  checkpointCommand,
  bundleCommand,
  newCommand,
];
