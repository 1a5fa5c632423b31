// node pseudonym-cells.ts waybill|createHmac CELLS OUT: pseudonyms of so many addresses, on one thread. Those of the last block
// are written.
import { createHmac, createSecretKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { copyDelimited } from '../../src-main/engine/kernels/copy-delimited/index.ts';
import { csv } from '../../src-main/formats/csv/index.ts';
import { deriveKey } from '../../src-main/masks/pseudonym/derive-key.ts';
import { pseudonym } from '../../src-main/masks/pseudonym/pseudonym.ts';
import { RowBatch } from '../../src-shared/model/row-batch.ts';
import { batchSchema } from '../fakes/batch-schema.ts';
import { testProfiles } from '../fakes/csv-profiles.ts';

const [contender, cellsText = '', out = ''] = process.argv.slice(2);
const cells = Number(cellsText);
/** As many as a block of a table holds; they come again and again, and nothing remembers them. */
const BLOCK_CELLS = Math.min(cells, 5000);
const purpose = { master: new Uint8Array(32).fill(7), domain: 'bench', class: 'person.email' };
const addresses = Array.from(
  { length: BLOCK_CELLS },
  (_, i) => `person${(i * 7919) % 100_003}.north@mail${i % 17}.example.net`,
);

const written = contender === 'waybill' ? throughKernel() : throughCreateHmac();
writeFileSync(out, written);

/** As a run does it: rows as the server sends them, to CSV with one masked column. */
function throughKernel(): Uint8Array {
  const schema = batchSchema([['email', 'text']]);
  const [column] = schema.columns;
  const layout = csv.encoder(schema, { header: false }, { profiles: testProfiles }).layout;
  const program =
    column === undefined
      ? null
      : pseudonym.program(column, pseudonym.options.parse({ class: purpose.class }), { pseudonym: purpose });
  const writer =
    layout === null || program === null
      ? null
      : copyDelimited.plan({ schema, encodings: null, layout, masks: [program] });
  if (writer === null) throw new Error('the kernel does not take this');
  const text = Buffer.from(addresses.map((address) => `${address}\n`).join(''));
  const batch = new RowBatch(schema, new Uint8Array(text.length + 64), { cells: 0 });
  batch.bytes.set(text);
  batch.tail = text.length;
  batch.rows = BLOCK_CELLS;
  const sink = { bytes: new Uint8Array(1024 * 1024), length: 0, room: (): void => undefined };
  for (let done = 0; done < cells; done += BLOCK_CELLS) {
    sink.length = 0;
    writer.write(batch, done, sink);
  }
  return sink.bytes.subarray(0, sink.length);
}

/** The code alone, in the quickest of its forms: a key made once, text in, text out. */
function throughCreateHmac(): string {
  const key = createSecretKey(deriveKey(purpose));
  const codes: string[] = [];
  for (let done = 0; done < cells; done += BLOCK_CELLS) {
    codes.length = 0;
    for (const address of addresses) codes.push(createHmac('sha256', key).update(address).digest('hex'));
  }
  return codes.map((code) => `${code}\n`).join('');
}
