import { expect, it } from 'vitest';
import { formatClock } from '../../../src-shared/util/format-moment.ts';

it('says of a moment no more than is needed to know how long ago it was', () => {
  const now = new Date(2026, 10, 26, 18, 30);
  const at = (...when: [number, number, number, number, number]): string =>
    formatClock(new Date(...when).toISOString(), now);
  expect(at(2026, 10, 26, 9, 5)).toBe('09:05');
  expect(at(2026, 10, 25, 9, 5)).toBe('25 Nov 09:05');
  expect(at(2025, 10, 26, 9, 5)).toBe('26 Nov 2025 09:05');
});
