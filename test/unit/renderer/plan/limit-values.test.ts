import { describe, expect, it } from 'vitest';
import {
  minutesOf,
  readHours,
  readNumber,
  readSeconds,
  readSize,
  showSeconds,
  withLimit,
  type Limits,
} from '../../../../src-renderer/features/plan/limits/limit-values.ts';
import { DEFAULT_LIMITS, LIMIT_RANGES } from '../../../../src-shared/model/limit-rules.ts';
import { planLimitsSchema } from '../../../../src-shared/model/plan.ts';

const NUMBERS = ['', '0', '1', '64', '65', '180', '181', '1,000', '1 000', '-1', '1.5', '1e3', 'x', '2147483648'];
const TEXTS = [...NUMBERS, '9007199254740992', '10MiB', '10 MiB', '0MiB', '10mib', '5GB', '1.5GiB'];

/** Digits as a number, anything else as text, which no number of the plan is. */
const asNumber = (typed: string): number | string =>
  /^-?[\d\s,.]+$/.test(typed) ? Number(typed.replaceAll(/[\s,]/g, '')) : typed;

/** A key and what was typed for it, as the plan's own reader takes it. */
const takes = (limits: object): boolean => planLimitsSchema.safeParse(limits).success;

describe('a limit that is typed', () => {
  it.each(['connections', 'rowsPerSecond', 'pauseMinutes'] as const)('%s is taken where the plan takes it', (key) => {
    for (const typed of TEXTS) {
      const read = readNumber(typed, LIMIT_RANGES[key]);
      if ('value' in read) expect(takes({ [key]: read.value }), typed).toBe(true);
      else expect(takes({ [key]: asNumber(typed) }), typed).toBe(false);
    }
  });

  it.each(['bytesPerSecond', 'cellBytes'] as const)('%s is taken where the plan takes it', (key) => {
    for (const typed of TEXTS.filter((text) => !text.includes('1,') && text !== '1 000')) {
      const read = readSize(typed, { orNone: key === 'bytesPerSecond' });
      if ('value' in read) expect(takes({ [key]: read.value }), typed).toBe(true);
      else expect(takes({ [key]: /^\d+$/.test(typed) ? Number(typed) : typed }), typed).toBe(false);
    }
  });

  it('is a time in seconds to the millisecond, and shown as it was typed', () => {
    expect(readSeconds('0.25', LIMIT_RANGES.lockTimeoutMs)).toEqual({ value: 250 });
    expect(readSeconds('1,5', LIMIT_RANGES.lockTimeoutMs)).toEqual({ value: 1500 });
    expect(readSeconds('', LIMIT_RANGES.lockTimeoutMs)).toEqual({ value: undefined });
    for (const bad of ['0', '0.0001', 'soon', '-1', '9999999']) {
      expect(readSeconds(bad, LIMIT_RANGES.lockTimeoutMs), bad).toHaveProperty('refused');
    }
    for (const milliseconds of [1, 250, 1500, 5000, 2_147_483_647]) {
      expect(readSeconds(showSeconds(milliseconds), LIMIT_RANGES.lockTimeoutMs)).toEqual({ value: milliseconds });
    }
  });

  it('says what was wrong with it, and that it was not saved', () => {
    expect(readNumber('65', LIMIT_RANGES.connections)).toEqual({
      refused: '"65" is no whole number from 1 to 64; it was not saved.',
    });
  });

  it('that is emptied leaves the plan, and the last one takes the block with it', () => {
    const limits: Limits = { connections: 2, pauseMinutes: 5 };
    expect(withLimit(limits, { key: 'connections', value: undefined })).toEqual({ pauseMinutes: 5 });
    expect(withLimit({ connections: 2 }, { key: 'connections', value: undefined })).toBeNull();
  });

  it('has the usual values that a plan has without it', () => {
    expect(takes(DEFAULT_LIMITS)).toBe(true);
  });
});

describe('hours that are typed', () => {
  const night = { from: '22:00', to: '06:00', zone: 'Europe/Berlin' };

  it('are taken where the plan takes them', () => {
    const changes = [
      ...['7:00', '07:00', '24:00', '22:00', ' 05:30 ', ''].map((to) => ({ to })),
      ...['UTC', '+01:00', 'Europe/Berln', '', 'Berlin'].map((zone) => ({ zone })),
    ];
    for (const change of changes) {
      const read = readHours(night, change);
      const trimmed = Object.fromEntries(Object.entries(change).map(([key, value]) => [key, value.trim()]));
      expect('value' in read, JSON.stringify(change)).toBe(takes({ window: { ...night, ...trimmed } }));
    }
  });

  it('are counted over midnight', () => {
    expect(minutesOf(night)).toBe(480);
    expect(minutesOf({ ...night, from: '06:00', to: '22:30' })).toBe(990);
  });
});
