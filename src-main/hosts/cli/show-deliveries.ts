import { exitCodeOf } from '../../../src-shared/errors/catalog.ts';
import { fromWireError } from '../../../src-shared/errors/wire.ts';
import type { ExportResult } from '../../app/export-result.ts';
import { deliveredWords } from './report-lines.ts';
import type { Output } from './output.ts';

type Delivered = Pick<ExportResult, 'package' | 'deliveries'>;

/** Per delivery that arrived where it is, and below that how much it was. */
export function showDeliveries({ deliveries }: Delivered, output: Output): void {
  for (const delivery of deliveries) {
    const { target, state, uri } = delivery;
    if (state === 'sent') output.detail(`Delivered to ${target}: ${uri ?? ''}`);
    if (state === 'confirmed') output.detail(`Already at ${target}, read and the same: ${uri ?? ''}`);
    const words = deliveredWords(delivery);
    if (words !== null) output.detail(`  ${words}`);
  }
}

/** Says on stderr what did not arrive and how to deliver it later; the exit code of the first that failed, or 0. */
export function deliveryExit({ package: folder, deliveries }: Delivered, output: Output): number {
  let code = 0;
  for (const { target, path, state, error } of deliveries) {
    if (state === 'skipped') {
      output.warning({
        code: 'PACKAGE/INCOMPLETE',
        message: `Nothing was delivered to ${target}: the package is not whole and proven.`,
        remedy: 'Run the plan again.',
      });
    }
    if (error === undefined) continue;
    if (!output.json) output.error(fromWireError(error));
    const below = path === '' ? '' : ` --path ${word(path)}`;
    const later = `waybill deliver ${word(folder ?? '')} --to ${word(target)}${below}`;
    output.warning({
      code: error.code,
      message: `The package is whole at ${folder ?? ''}; ${target} does not have it.`,
      remedy: `Deliver it later: \`${later}\``,
    });
    if (code === 0) code = exitCodeOf(error.code);
  }
  return code;
}

/** One word for a shell. */
function word(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
