import { expect, it } from 'vitest';
import type { Connector, Session } from '../../../src-main/ports/connector.ts';
import { follow, newTestHome, reviewed } from './runs-rig.ts';

/** A session like another, which fails at its end, as one does whose server has gone. */
function withoutGoodbye(session: Session): Session {
  const close = async (): Promise<void> => {
    await session[Symbol.asyncDispose]();
    throw new Error('The line is dead.');
  };
  return new Proxy(session, {
    get(target, key) {
      if (key === Symbol.asyncDispose) return close;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

it('ends a run whose session cannot say goodbye, and shows its verdict', { timeout: 60_000 }, async () => {
  await using home = newTestHome();
  const one = await home.open();
  const connectors = one.desk.core.registries.connectors as Map<string, Connector>; // a map of this test's own desk
  const sqlite = connectors.get('sqlite');
  if (sqlite === undefined) throw new Error('This build has no such connector.');
  const wish = await reviewed(
    one.core,
    home.plan(
      'waybill: 1\nname: a\npurpose: test\nconnection: sample\ntables: [{ table: main.orders }]\nformat: { type: csv }\n',
    ),
  );
  connectors.set('sqlite', { ...sqlite, open: async (...given) => withoutGoodbye(await sqlite.open(...given)) });
  const { run } = await one.core.runs.start(wish);
  expect((await follow(one, run)).detail).toMatchObject({ state: 'succeeded', complete: 1 });
  expect(one.desk.runs.alive).toBe(0);
  connectors.set('sqlite', sqlite);
});
