import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAME_MAX_BYTES, serveChannel } from '../../../src-main/app/desk/serve-channel.ts';
import { transportOver } from '../../../src-renderer/rpc/channel-link.ts';
import { coreOver, type CoreConnection } from '../../../src-renderer/rpc/core-link.ts';
import { toWireError, type WireError } from '../../../src-shared/errors/wire.ts';
import { openDesk } from './serve-desk.ts';

/** How a call failed, as a screen says it. */
async function failureOf(call: Promise<unknown>): Promise<WireError> {
  try {
    await call;
  } catch (error) {
    return toWireError(error);
  }
  throw new Error('The call went well.');
}

describe('the channel between a page and the core', () => {
  let opened: Awaited<ReturnType<typeof openDesk>>;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  beforeAll(async () => {
    opened = await openDesk();
    process.on('unhandledRejection', note);
  });
  afterAll(async () => {
    process.off('unhandledRejection', note);
    await opened[Symbol.asyncDispose]();
  });

  /** A page over a port of the same process; `raw` is the page's end. */
  function connect(): {
    page: CoreConnection;
    raw: MessagePort;
    closedWith: () => string | null;
    /** What the core says besides its answers. */
    say: (frame: unknown) => void;
  } {
    const { port1, port2 } = new MessageChannel();
    let reason: string | null = null;
    serveChannel(
      {
        send: (frame) => port1.postMessage(frame),
        onFrame: (listener) => port1.on('message', listener),
        onClose: (listener) => port1.on('close', listener),
        close: (why) => {
          reason = why;
          port1.close();
        },
      },
      opened.desk,
    );
    const page = coreOver(
      transportOver({
        isOpen: () => true,
        send: (frame) => port2.postMessage(frame),
        onFrame: (listener) => port2.on('message', listener),
        close: () => port2.close(),
        closed: new Promise((resolve) => port2.on('close', () => resolve('core'))),
      }),
    );
    return { page, raw: port2, closedWith: () => reason, say: (frame) => port1.postMessage(frame) };
  }

  it('answers calls, and says failures with code, fact and remedy', async () => {
    const { page, raw } = connect();
    expect((await page.core.app.facts()).connectors.map(({ id }) => id)).toContain('sqlite');
    await expect(page.core.connections.test({ name: 'nowhere' })).rejects.toMatchObject({
      code: 'CONNECTION/ABSENT',
      remedy: expect.any(String) as string,
    });
    raw.close();
  });

  it('says failures of a stream with code, fact and remedy as well', async () => {
    const { page, raw } = connect();
    const follow = async (): Promise<void> => {
      for await (const _file of await page.core.plans.watch({ path: opened.folder.join('gone.plan.yaml') }));
    };
    await expect(follow()).rejects.toMatchObject({ code: 'PLAN/ABSENT', remedy: expect.any(String) as string });
    raw.close();
  });

  it('refuses an input that does not fit the contract, and goes on', async () => {
    const { page, raw } = connect();
    const wrong = { connection: 7 } as unknown as { connection: string };
    await expect(page.core.catalog.summary(wrong)).rejects.toMatchObject({
      ...{ code: 'APP/INPUT_INVALID', message: expect.stringMatching(/^The value connection .+\.$/) as string },
      remedy: expect.any(String) as string,
    });
    expect((await page.core.app.facts()).version).toMatch(/\d/);
    raw.close();
  });

  it.each([
    ['null', null],
    ['an object', { id: 1 }],
    ['a number', 7],
    ['text that is no frame', 'garbage'],
    ['JSON that is no frame', '{"i":{}}'],
    ['bytes that are no frame', new Uint8Array([255, 255, 0, 1, 2])],
    ['a frame that is too large', 'x'.repeat(FRAME_MAX_BYTES + 1)],
  ])('closes on %s and nothing else happens', async (_what, junk) => {
    const { page, raw, closedWith } = connect();
    await page.core.app.facts();
    raw.postMessage(junk);
    await page.closed;
    expect(closedWith()).not.toBeNull();
    const { code, message, remedy } = await failureOf(page.core.app.facts());
    expect(code).toMatch(/^APP\/(CORE_LOST|CHANNEL_CLOSED)$/);
    expect([message, remedy]).toEqual([expect.not.stringContaining('Internal'), expect.any(String)]);
    expect(unhandled).toEqual([]);
  });

  it('says of a secret that does not fit the contract only that it does not fit', async () => {
    const { page, raw } = connect();
    const secret = 'hunter2'.repeat(20_000);
    const failure = await failureOf(
      page.core.connections.probe({
        ...{ connector: 'sqlite', options: {}, production: false, color: 'grey', password: secret },
      }),
    );
    expect(failure.code).toBe('APP/INPUT_INVALID');
    expect(JSON.stringify(failure)).not.toContain('hunter2');
    raw.close();
  });

  it.each([
    ['text that is no frame', 'garbage'],
    ['bytes that are no frame', new Uint8Array([255, 255, 0, 1, 2])],
    ['nothing', null],
  ])('gives up a channel on which the core says %s, and tells each call', async (_what, junk) => {
    const { page, raw, say } = connect();
    const stream = await page.core.app.status();
    await stream.next();
    const next = failureOf(stream.next());
    say(junk);
    expect(await page.closed).toBe('channel');
    for (const failure of [await next, await failureOf(page.core.app.facts())]) {
      expect(failure).toMatchObject({ code: 'APP/CHANNEL_CLOSED', remedy: expect.any(String) as string });
    }
    expect(unhandled).toEqual([]);
    raw.close();
  });

  it('says why a stream ended, with code, fact and remedy', async () => {
    const { page, raw } = connect();
    const path = opened.folder.join('gone.plan.yaml');
    const failure = await failureOf((await page.core.plans.watch({ path })).next());
    expect(failure).toMatchObject({ code: 'PLAN/ABSENT', message: `There is no plan file ${path}.` });
    expect(failure.remedy).toBeDefined();
    raw.close();
  });

  it('rejects what was under way when the channel closes, streams too', async () => {
    const { page, raw } = connect();
    const stream = await page.core.app.status();
    await stream.next();
    const next = stream.next();
    raw.close();
    await expect(next).rejects.toMatchObject({ code: 'APP/CORE_LOST' });
  });

  it('ends a stream in the core when the page lets go of it', async () => {
    const { page, raw } = connect();
    await expect.poll(() => opened.desk.changes.listeners, { timeout: 3000 }).toBe(0);
    const controller = new AbortController();
    const stream = await page.core.app.status(undefined, { signal: controller.signal });
    await stream.next();
    expect(opened.desk.changes.listeners).toBe(1);
    controller.abort();
    opened.desk.changes.touch();
    await expect.poll(() => opened.desk.changes.listeners, { timeout: 3000 }).toBe(0);
    raw.close();
  });

  it('gives a slow page the newest value, not a queue of old ones', async () => {
    const { page, raw } = connect();
    const stream = await page.core.app.status();
    const first = await stream.next();
    for (let change = 0; change < 1000; change += 1) opened.desk.changes.touch();
    const revision = opened.desk.changes.revision;
    const second = await stream.next();
    expect((second.value as { revision: number }).revision).toBe(revision);
    expect(revision - (first.value as { revision: number }).revision).toBe(1000);
    raw.close();
  });

  it('tells apart what makes compiled plans old', async () => {
    const { page, raw } = connect();
    const stream = await page.core.app.status();
    const first = await stream.next();
    const basisOf = (answer: typeof first): number => (answer.value as { basis: number }).basis;
    await page.core.app.changeSettings({ theme: 'dark' });
    const second = await stream.next();
    expect(basisOf(second)).toBe(basisOf(first));
    await page.core.targets.add({
      ...{ name: 'drop', type: 'folder', options: { path: opened.folder.path } },
      ...{ password: null, passphrase: null },
    });
    await expect.poll(async () => basisOf(await stream.next()), { timeout: 10_000 }).toBeGreaterThan(basisOf(first));
    raw.close();
  });
});
