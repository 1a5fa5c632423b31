import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, it, onTestFailed } from 'vitest';
import { newMariadbDatabase } from '../../servers/shared-servers.ts';
import { killAtRandom, randomFrom } from './kill-at-random.ts';
import { FILLED } from './shop.ts';

let database: Awaited<ReturnType<typeof newMariadbDatabase>>;
beforeAll(async () => {
  database = await newMariadbDatabase();
  await database.sql(FILLED.mysql);
});
afterAll(() => database.drop());

describe('a run that reads MariaDB', { timeout: 240_000 }, () => {
  it('becomes what it would have been, killed 25 times', async () => {
    const seed = Number(process.env['WAYBILL_TEST_SEED'] ?? randomInt(2 ** 31));
    const told: string[] = [];
    onTestFailed(() => void process.stderr.write(`WAYBILL_TEST_SEED=${seed}\n${told.join('\n')}\n`));
    const shop = { product: 'mysql', server: database.server, name: database.name } as const;
    const note = (line: string) => told.push(line);
    await killAtRandom(shop, { connections: 1, count: 25, random: randomFrom(seed), note });
  });
});
