import { describe, expect, it, vi } from 'vitest';
import { Pause, type PauseEvent, type PauseTerms } from '../../../../src-main/engine/run/pause.ts';

const never = new AbortController().signal;

/** A pause whose time only a test moves. */
function pauseOf(terms: Partial<PauseTerms> = {}) {
  const now = { ms: 5000 };
  const clock = { now: () => new Date(1_700_000_000_000 + now.ms), monotonicMs: () => now.ms };
  const pause = new Pause({ limitMs: 60_000, withinStatements: true, meanwhile: 'It costs.', clock, ...terms });
  const events: PauseEvent[] = [];
  pause.listen((event) => events.push(event));
  return { pause, events, pass: (ms: number) => (now.ms += ms) };
}

async function isHeld(waiting: Promise<void>): Promise<boolean> {
  const tick = new Promise<'held'>((resolve) => setImmediate(() => resolve('held')));
  return (await Promise.race([waiting, tick])) === 'held';
}

describe('a pause', () => {
  it('holds all who come to it until it is over, and nobody before or after', async () => {
    const { pause, events, pass } = pauseOf();
    expect(await isHeld(pause.within(never))).toBe(false);
    pause.begin();
    const readers = [pause.within(never), pause.between(never)];
    for (const reader of readers) expect(await isHeld(reader)).toBe(true);
    pass(3000);
    pause.end();
    await Promise.all(readers);
    expect(await isHeld(pause.between(never))).toBe(false);
    expect(pause.total).toEqual({ times: 1, ms: 3000 });
    expect(events).toEqual([
      {
        type: 'run.paused',
        since: new Date(1_700_000_005_000),
        until: new Date(1_700_000_065_000),
        afterStatement: false,
        meanwhile: 'It costs.',
      },
      { type: 'run.continued', reason: 'asked', pausedMs: 3000 },
    ]);
  });

  it('is one, however often it is asked for, and can be followed by another', () => {
    const { pause, events, pass } = pauseOf();
    pause.begin();
    pass(1000);
    pause.begin();
    pass(1000);
    pause.end();
    pause.end();
    pause.begin();
    pass(500);
    expect(pause.total).toEqual({ times: 2, ms: 2500 });
    pause.close();
    expect(events.map(({ type }) => type)).toEqual(['run.paused', 'run.continued', 'run.paused', 'run.continued']);
  });

  it('lets its clock stand still', () => {
    const { pause, pass } = pauseOf();
    const began = pause.clock.monotonicMs();
    pass(100);
    pause.begin();
    pass(10_000);
    expect(pause.clock.monotonicMs() - began).toBe(100);
    pause.end();
    pass(50);
    expect(pause.clock.monotonicMs() - began).toBe(150);
  });

  it('ends by itself at its limit', async () => {
    const { pause, events } = pauseOf({ limitMs: 20 });
    pause.begin();
    await pause.between(never);
    expect(events.at(-1)).toMatchObject({ type: 'run.continued', reason: 'limit' });
  });

  it('is left at once by a cancellation, also of a run that is cancelled already', async () => {
    const { pause } = pauseOf();
    const stop = new AbortController();
    pause.begin();
    const reader = pause.within(stop.signal);
    stop.abort();
    await expect(reader).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    await expect(pause.between(stop.signal)).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    pause.close();
  });

  it('waits for the end of a statement whose time is limited', async () => {
    const { pause, events } = pauseOf({ withinStatements: false });
    pause.begin();
    expect(await isHeld(pause.within(never))).toBe(false);
    expect(await isHeld(pause.between(never))).toBe(true);
    expect(events).toMatchObject([{ afterStatement: true }]);
    pause.close();
  });

  it('cannot begin where the plan forbids it, nor once nothing is left to read', () => {
    const forbidden = pauseOf({ limitMs: 0 });
    forbidden.pause.begin();
    const over = pauseOf();
    over.pause.begin();
    over.pause.close();
    over.pause.begin();
    expect([forbidden.events, over.events.map((event) => ('reason' in event ? event.reason : ''))]).toEqual([
      [],
      ['', 'over'],
    ]);
    expect([forbidden.pause.terms, over.pause.terms]).toEqual([null, null]);
  });

  it('that lasts is told to whoever listens later, too', () => {
    const { pause } = pauseOf();
    pause.begin();
    const late = vi.fn();
    pause.listen(late);
    expect(late).toHaveBeenCalledWith(expect.objectContaining({ type: 'run.paused' }));
    pause.close();
  });
});
