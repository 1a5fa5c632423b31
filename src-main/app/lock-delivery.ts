import { createHash } from 'node:crypto';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { Held } from '../ports/lock.ts';
import type { Core } from './core.ts';

export interface DeliveryPlace {
  /** Name of the saved target. */
  readonly target: string;
  /** Address of the package at the target: two targets may lead to one place. */
  readonly uri: string;
}

/** One delivery of this home at a time to one place: a second one would take the first one's `.part` files away. */
export async function lockDelivery(core: Core, { target, uri }: DeliveryPlace): Promise<Held> {
  const hash = createHash('sha256').update(uri).digest('hex').slice(0, 32);
  await core.store.makeFolder(core.home.deliveriesFolder);
  const held = await core.locks.acquire(core.home.deliveryLock(hash), 0);
  if (held !== null) return held;
  throw appError('TARGET/DELIVERY_IN_PROGRESS', {
    message: `Another delivery of this package to ${target} is in progress.`,
    remedy: 'Wait until it has ended, then deliver again: what is there already is kept.',
    context: { target },
  });
}
