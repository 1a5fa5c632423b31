import { describe, expect, it } from 'vitest';
import { interruptHandler } from '../../../../src-main/hosts/cli/interrupts.ts';

function atTimes(...times: readonly number[]): string[] {
  const done: string[] = [];
  let now = 0;
  const interrupt = interruptHandler({
    stop: () => done.push('stop'),
    leave: () => done.push('leave'),
    monotonicMs: () => now,
  });
  for (now of times) interrupt();
  return done;
}

describe('interrupts', () => {
  it('stops in good order at the first', () => {
    expect(atTimes(0)).toEqual(['stop']);
  });

  it('takes signals of one keystroke, passed on by every parent, as one', () => {
    expect(atTimes(10, 10, 12, 509)).toEqual(['stop']);
    expect(atTimes(0, 400, 800)).toEqual(['stop']);
  });

  it('leaves at once at another keystroke', () => {
    expect(atTimes(10, 11, 511)).toEqual(['stop', 'leave']);
  });
});
