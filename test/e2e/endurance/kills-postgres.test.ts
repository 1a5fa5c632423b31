import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, it, onTestFailed } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { killAtRandom, randomFrom } from './kill-at-random.ts';
import { FILLED } from './shop.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql(FILLED.postgres);
});
afterAll(() => database.drop());

describe('a run that reads PostgreSQL', { timeout: 240_000 }, () => {
  it.each([
    { connections: 1, count: 13 },
    { connections: 3, count: 12 },
  ])('by $connections readers becomes what it would have been, killed $count times', async (how) => {
    const seed = Number(process.env['WAYBILL_TEST_SEED'] ?? randomInt(2 ** 31));
    const told: string[] = [];
    onTestFailed(() => void process.stderr.write(`WAYBILL_TEST_SEED=${seed}\n${told.join('\n')}\n`));
    const shop = { product: 'postgres', server: database.server, name: database.name } as const;
    await killAtRandom(shop, { ...how, random: randomFrom(seed), note: (line) => told.push(line) });
  });
});
