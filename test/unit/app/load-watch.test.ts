import { describe, expect, it } from 'vitest';
import type { Core } from '../../../src-main/app/core.ts';
import type { ExportRequest } from '../../../src-main/app/export-context.ts';
import { LoadWatch } from '../../../src-main/app/load-watch.ts';
import { LoadTally } from '../../../src-main/engine/run/load-tally.ts';
import type { Session } from '../../../src-main/ports/connector.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';

const cancelled = (): Error => appError('RUN/CANCELLED', { message: 'The run was cancelled.' });

/** A session whose server does not say which number it has. */
const mute = { others: { number: () => Promise.reject(cancelled()) } } as unknown as Session;

async function failedLooks(signal: AbortSignal): Promise<readonly string[]> {
  const load = new LoadTally();
  // What a watch asks of both before its first look.
  const core = { clock: { now: () => new Date(), monotonicMs: () => 0 }, log: { error: () => undefined } };
  const connection = { connector: { traits: { sharesSnapshots: null } } };
  const request = { signal, connection, compiled: { limits: { connections: 2 } } };
  {
    await using watch = new LoadWatch(
      { core: core as unknown as Core, request: request as unknown as ExportRequest, load },
      [],
    );
    await watch.knows(mute);
  }
  return load.summary.failed.map(({ why }) => why);
}

describe('the watch over the load of a run', () => {
  it('blames no server for a run that was cancelled as it began', async () => {
    expect(await failedLooks(AbortSignal.abort())).toEqual([]);
    expect(await failedLooks(new AbortController().signal)).toEqual(['The server did not answer in time.']);
  });
});
