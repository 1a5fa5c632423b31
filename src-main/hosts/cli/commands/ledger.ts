import { resolve } from 'node:path';
import { bundleLedger } from '../../../app/bundle-ledger.ts';
import { counted } from '../../../../src-shared/util/format-number.ts';
import {
  listEntries,
  ledgerCheckpoint,
  showEntry,
  startNewLedger,
  type LedgerFacts,
} from '../../../app/ledger-entries.ts';
import type { Command, FlagSpec } from '../command.ts';
import { layOutTable, type Output } from '../output.ts';
import { usage } from '../parse-arguments.ts';

const LEDGER_FLAG: FlagSpec = { kind: 'text', value: 'ORIGIN', help: 'an earlier ledger of this home' };

const listCommand: Command = {
  path: ['ledger', 'list'],
  summary: 'Lists the entries of the audit ledger, oldest first.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: { ledger: LEDGER_FLAG },
  example: 'waybill ledger list',
  run: async ({ flags, output, verifier }) => {
    const list = await listEntries(verifier, flags.text('ledger'));
    const { origin, folder, size, entries, ledgers } = list;
    output.result(list, () => {
      if (origin === null || folder === null) {
        output.line('There is no ledger yet. The first export makes it; to have it now: waybill ledger new');
        return;
      }
      output.line(`${origin}: ${counted(size, 'entry')}`);
      if (!output.quiet) output.exact(`Folder: ${folder}`);
      const rows = entries.map((entry) => [
        String(entry.seq),
        entry.time,
        entry.type,
        entry.outcome ?? '',
        entry.about,
      ]);
      for (const line of layOutTable(rows, [0])) output.line(line);
      for (const other of ledgers.filter((each) => each.origin !== origin)) showOther(other, output);
    });
    return 0;
  },
};

function showOther({ origin, folder, current }: LedgerFacts, output: Output): void {
  output.detail(`${current ? 'The ledger being written' : 'An earlier ledger, only verified any more'}: ${origin}`);
  output.detail(`  in ${folder}; its entries: \`waybill ledger list --ledger ${origin}\``);
}

const showCommand: Command = {
  path: ['ledger', 'show'],
  summary: 'Shows one entry: its exact line and its hash.',
  usage: 'SEQ',
  positionals: { min: 1, max: 1 },
  flags: { ledger: LEDGER_FLAG },
  example: 'waybill ledger show 17',
  run: async ({ flags, output, positionals, verifier }) => {
    const given = positionals[0] ?? '';
    if (!/^\d{1,12}$/.test(given)) throw usage(`"${given}" is not the number of an entry.`, 'See: waybill ledger list');
    const entry = await showEntry(verifier, { seq: Number(given), origin: flags.text('ledger') });
    output.result(entry, () => {
      output.detail(`Entry ${entry.seq}, leaf hash ${entry.leafHash}`);
      output.exact(entry.line);
    });
    return 0;
  },
};

const checkpointCommand: Command = {
  path: ['ledger', 'checkpoint'],
  summary: 'Prints the signed checkpoint: keep it elsewhere, and it becomes an outside anchor.',
  details: [
    'A checkpoint is a few lines of text: the origin of the ledger, its number of entries, the root over them, and the signature. Whoever holds the key of the ledger could write its past anew; they cannot change a checkpoint that lies outside their reach. So send it to somebody else now and then: mail it to the auditor, print it, put it into a ticket. The entries after the last one kept outside are the only ones that nobody else vouches for.',
    'To compare later: the second line of the checkpoint says how many entries it covers. The auditor takes a bundle (waybill ledger bundle); the root over that many of its first entries has to be the one in the checkpoint that was kept. This version does not make the comparison itself, and therefore says NOT ANCHORED.',
  ],
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: { ledger: LEDGER_FLAG },
  example: 'waybill ledger checkpoint > 2026-11-23.checkpoint',
  run: async ({ flags, io, output, verifier }) => {
    const { checkpoint, folder, ...key } = await ledgerCheckpoint(verifier, flags.text('ledger'));
    output.result({ checkpoint, ...key, folder }, () => {
      io.stdout.write(checkpoint);
      // The checkpoint alone goes into the file that people make of standard output.
      output.note(`Signed by the key ${key.fingerprint}`);
      output.note(`Ledger folder: ${folder}`);
    });
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
      output.detail(
        `${counted(made.size, 'entry')}, ${counted(made.files, 'file')}. Check it with: waybill verify ${made.bundle}`,
      );
    });
    return 0;
  },
};

const newCommand: Command = {
  path: ['ledger', 'new'],
  summary: 'Starts a ledger; --after begins a new one when the key of the old one is lost. The old one stays.',
  details: [
    'A home needs no ledger made by hand: its first export makes one. With --after, the ledger of that origin gets a last entry if its key can still be used; from then on it is only verified: waybill ledger list --ledger ORIGIN, waybill verify FOLDER.',
  ],
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
      output.detail(`Key    ${started.vkey}`);
      output.detail(`       ${started.fingerprint}`);
      output.detail(
        'Give the key, or this fingerprint of it, to those who will verify, by another way than the packages.',
      );
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
