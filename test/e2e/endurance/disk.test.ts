// The volume of the package runs full in the middle of a table, to its last byte, and is freed again.
import { describe, expect, it } from 'vitest';
import { newMariadbDatabase, newPostgresDatabase } from '../../servers/shared-servers.ts';
import { canMount, DiskDesk } from '../cli/disk-desk.ts';
import { errorOf } from '../cli/driver.ts';
import type { RunResult } from '../cli/results.ts';
import { dataOf, deskAt, expectStory, expectWhole, FILLED, nameOf, PRODUCTS, READERS } from './shop.ts';

const NEW = { postgres: newPostgresDatabase, mysql: newMariadbDatabase };
const CASES = PRODUCTS.flatMap((product) => READERS[product].map((connections) => ({ product, connections })));

describe.runIf(canMount())('a volume that runs full', { timeout: 60_000 }, () => {
  it.each(CASES)('under a run that reads $product with $connections readers', async ({ product, connections }) => {
    const database = await NEW[product]();
    try {
      await database.sql(FILLED[product]);
      const shop = { product, server: database.server, name: database.name };
      using desk = new DiskDesk('48m');
      await deskAt(shop, { connections, rowsPerSecond: 3000 }, desk);
      const args = ['run', 'night.yaml', '--accept-catalog', '--out', 'disk/out'];
      const undisturbed = dataOf((await desk.json<RunResult>(args)).package);
      const run = desk.start([...args, '--progress', 'json', '--json']);
      await run.says(`"type":"table.progress","table":"${nameOf(shop, 'big')}"`);
      desk.fill();
      const ended = await run.ended;
      const result = ended.json as RunResult;
      expect([ended.code, errorOf(ended).code]).toEqual([result.state === 'partial' ? 12 : 8, 'SPOOL/DISK_FULL']);
      expect(result.tables.at(-1)?.verdict).toBe('incomplete');
      desk.empty();
      expectWhole(await desk.json<RunResult>(['resume', result.run, '--two-snapshots']), undisturbed);
      await expectStory(desk, 'disk/out');
    } finally {
      await database.drop();
    }
  });
});
