import { describe, expect, it } from 'vitest';
import { windowAt } from '../../../../src-main/engine/run/read-window.ts';

const at = (window: Parameters<typeof windowAt>[0], moment: string) => {
  const { isOpen, changes } = windowAt(window, new Date(moment));
  return [isOpen, changes.toISOString()];
};

describe('a window for reading', () => {
  const night = { from: '22:00', to: '06:00', zone: 'Europe/Berlin' };

  it('over midnight is open in the night of its zone, whatever zone the machine is in', () => {
    expect(at(night, '2026-11-26T20:59:59.999Z')).toEqual([false, '2026-11-26T21:00:00.000Z']);
    expect(at(night, '2026-11-26T21:00:00Z')).toEqual([true, '2026-11-27T05:00:00.000Z']);
    expect(at(night, '2026-11-27T04:59:59Z')).toEqual([true, '2026-11-27T05:00:00.000Z']);
    expect(at(night, '2026-11-27T05:00:00Z')).toEqual([false, '2026-11-27T21:00:00.000Z']);
  });

  it('within a day is open on that day', () => {
    const noon = { from: '12:15', to: '13:00', zone: '+05:30' };
    expect(at(noon, '2026-11-26T06:44:00Z')).toEqual([false, '2026-11-26T06:45:00.000Z']);
    expect(at(noon, '2026-11-26T07:29:30Z')).toEqual([true, '2026-11-26T07:30:00.000Z']);
    expect(at(noon, '2026-11-26T07:30:00Z')).toEqual([false, '2026-11-27T06:45:00.000Z']);
  });

  it('goes by what clocks show when they are put forward and back', () => {
    // A night of seven hours, and one of nine.
    expect(at(night, '2026-03-28T21:00:00Z')).toEqual([true, '2026-03-29T04:00:00.000Z']);
    expect(at(night, '2026-10-24T20:00:00Z')).toEqual([true, '2026-10-25T05:00:00.000Z']);
    // The hour that does not exist.
    const lost = { from: '02:00', to: '03:00', zone: 'Europe/Berlin' };
    expect(at(lost, '2026-03-28T12:00:00Z')).toEqual([false, '2026-03-30T00:00:00.000Z']);
  });
});
