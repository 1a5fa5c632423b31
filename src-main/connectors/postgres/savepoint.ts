/**
 * Work that may fail without ending the transaction. Rolling back to a savepoint gives back the locks taken after it, and
 * neither those taken before nor the snapshot.
 */
import { ignoring } from '../kit/ignoring.ts';
import type { Link } from './link.ts';

/** Settles as `work` does; after its failure the transaction is as it was before. */
export async function inSavepoint<T>(link: Link, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  await link.query('savepoint one_step', [], signal);
  try {
    const result = await work();
    await goOn(link, signal);
    return result;
  } catch (error) {
    await goBack(link, signal);
    throw error;
  }
}

/** Gives out what `items` does; after its failure, or when it is left early, the transaction is as it was before. */
export async function* eachInSavepoint<T>(
  link: Link,
  signal: AbortSignal,
  items: () => AsyncGenerator<T>,
): AsyncGenerator<T> {
  await link.query('savepoint one_step', [], signal);
  let isWhole = false;
  try {
    yield* items();
    isWhole = true;
    await goOn(link, signal);
  } finally {
    if (!isWhole) await goBack(link, signal);
  }
}

/** The work is whole, whatever becomes of the connection after it: that is for the next statement to say. */
async function goOn(link: Link, signal: AbortSignal): Promise<void> {
  if (!link.isDead) await ignoring(link.query('release savepoint one_step', [], signal), 'the work is whole');
}

/** A transaction that cannot be brought back says so at the next statement (25P02). */
async function goBack(link: Link, signal: AbortSignal): Promise<void> {
  if (link.isDead) return;
  const back = async (): Promise<void> => {
    await link.query('rollback to savepoint one_step', [], signal);
    // Or they would nest, one deeper with each failure.
    await link.query('release savepoint one_step', [], signal);
  };
  await ignoring(back(), 'the work has its own failure, or nobody wants its rows any more');
}
