import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { addTarget } from '../../../src-main/app/change-targets.ts';
import {
  addPartner,
  deliver,
  deliveriesOf,
  digestsBelow,
  newHome,
  NO_SECRETS,
  writePackage,
  type Home,
} from './rig.ts';

describe('two deliveries of one package at once', () => {
  let home: Home;
  let inbox: string;
  beforeEach(async () => {
    home = await newHome();
    inbox = home.folder.join('inbox');
    mkdirSync(inbox);
    await addPartner(home, { type: 'folder', options: { path: inbox } });
  });
  afterEach(() => home[Symbol.dispose]());

  /** Delivers, and once the first file is on its way delivers a second time. */
  async function both(second: { target?: string; path?: string }): Promise<unknown> {
    const folder = writePackage(home, 3_000_000, { name: 'sample' });
    let other: Promise<unknown> | null = null;
    await deliver(home, {
      folder,
      onEvent: ({ type }) => {
        if (type === 'sending') other ??= deliver(home, { folder, ...second }).catch((error: unknown) => error);
      },
    });
    expect(digestsBelow(`${inbox}/sample`)).toEqual(digestsBelow(folder));
    return other;
  }

  it('to one place: the second is told, and the first is whole', async () => {
    const refused = await both({});
    expect(isAppError(refused, 'TARGET/DELIVERY_IN_PROGRESS') && refused.message).toBe(
      'Another delivery of this package to partner is in progress.',
    );
    const ends = deliveriesOf(home).filter(({ type }) => type !== 'delivery.started');
    expect(new Map(ends.map(({ type, data }) => [type, data['error']]))).toEqual(
      new Map([
        ['delivery.sent', undefined],
        ['delivery.failed', 'TARGET/DELIVERY_IN_PROGRESS'],
      ]),
    );
  });

  it('to one place under two names: the second is told', async () => {
    const signal = new AbortController().signal;
    const options = { path: inbox };
    await addTarget(home.core, {
      ...{ name: 'twin', type: 'folder', options },
      secrets: NO_SECRETS,
      store: undefined,
      signal,
    });
    expect(isAppError(await both({ target: 'twin' }), 'TARGET/DELIVERY_IN_PROGRESS')).toBe(true);
  });

  it('to two folders of one target: both arrive', async () => {
    expect(await both({ path: 'second/' })).toMatchObject({
      already: false,
      uri: expect.stringMatching(/\/inbox\/second\/sample$/) as string,
    });
    expect(digestsBelow(`${inbox}/second/sample`)).toEqual(digestsBelow(`${inbox}/sample`));
  });
});
