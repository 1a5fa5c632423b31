import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOKEN_CHARACTERS, writeToken } from '../../../src-main/masks/pseudonym/token.ts';
import type { Contender, Scenario } from './scenario.ts';

/** Cells that become pseudonyms on one thread, beside the runtime's own HMAC. A row is a cell. */
export function pseudonymScenario(folder: string): Promise<Scenario> {
  let cells = 1;
  const contender = (name: string, how: string, read: (line: string) => string): Contender => {
    const out = join(folder, name);
    return {
      name: `pseudonym by ${name}`,
      shown: how,
      version: process.version,
      out,
      command: () => ({ command: process.execPath, args: ['test/bench/pseudonym-cells.ts', name, String(cells), out] }),
      rows: () =>
        readFileSync(out, 'utf8')
          .split(/\r?\n/)
          .slice(0, -1)
          .map((line) => [read(line)]),
    };
  };
  return Promise.resolve({
    title: 'Pseudonyms (HMAC-SHA-256), one thread, cells',
    fill: (rows) => {
      cells = rows;
      return Promise.resolve();
    },
    contenders: [
      contender(
        'createHmac',
        '`crypto.createHmac` with a KeyObject, `digest("hex")`, for each cell; nothing more',
        tokenOf,
      ),
      contender('waybill', 'the kernel of a run: rows of the server in, CSV out', (line) => line),
    ],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

/** What the pseudonym is for this code. */
function tokenOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  const words = Int32Array.from({ length: 8 }, (_, i) => bytes.readInt32BE(4 * i));
  const token = Buffer.alloc(TOKEN_CHARACTERS);
  writeToken(words, token, 0);
  return token.toString('latin1');
}
