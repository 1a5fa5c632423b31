import { resolve } from 'node:path';
import { isSafePath } from '../../../../src-shared/proof/safe-path.ts';
import { counted, formatBytes, wasOrWere } from '../../../../src-shared/util/format-number.ts';
import { deliverPackage } from '../../../app/deliver-package.ts';
import type { Command } from '../command.ts';
import { showDelivery } from '../delivery-progress.ts';
import { usage } from '../parse-arguments.ts';
import { progressMode } from '../progress.ts';

export const deliverCommand: Command = {
  path: ['deliver'],
  summary: 'Verifies a package, sends it to a target, reads every file back, and writes it into the ledger.',
  usage: 'PACKAGE --to TARGET',
  positionals: { min: 1, max: 1 },
  flags: {
    to: { kind: 'text', value: 'TARGET', help: 'a saved target' },
    path: { kind: 'text', value: 'FOLDER', help: "folder below the target's root; made when it is missing" },
    incomplete: { kind: 'switch', help: 'deliver a package that lacks tables' },
  },
  example: 'waybill deliver ./delivery/crm-migration-01JD0000000000000000000000 --to partner',
  run: async ({ core, flags, io, output, positionals, signal }) => {
    const target = flags.text('to');
    if (target === undefined) throw usage('A delivery needs a target.', 'Write --to TARGET; see: waybill target list.');
    const path = flags.text('path');
    if (path !== undefined && !isSafePath(path.replace(/\/+$/, ''))) {
      throw usage(`${path} leads out of the target.`, 'Give a relative folder without . and .. parts.');
    }
    const result = await deliverPackage(await core(), {
      folder: resolve(io.cwd, positionals[0] ?? ''),
      target,
      ...(path === undefined ? {} : { path }),
      incomplete: flags.has('incomplete'),
      signal,
      onEvent: showDelivery(progressMode(flags.text('progress'), io, output.quiet), io),
    });
    output.result(result, () => {
      const number = result.files.length;
      const files = `${counted(number, 'file')} (${formatBytes(result.files.reduce((sum, file) => sum + file.bytes, 0))})`;
      output.line(
        result.already
          ? `Already there: ${files} ${wasOrWere(number)} read and compared. Nothing was sent.`
          : `Delivered: ${files}, each read back and compared.`,
      );
      output.detail(`At: ${result.uri}`);
      if (result.hostKey !== null) output.detail(`Host key: ${result.hostKey}`);
      output.detail(`Ledger entry ${result.ledger.seq}`);
    });
    return 0;
  },
};
