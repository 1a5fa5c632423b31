import { expect, it } from 'vitest';
import { text } from '../../../../src-renderer/text/text.ts';

it('the review of a plan says in which hours it reads', () => {
  const limits = { connections: 1, rowsPerSecond: 0, bytesPerSecond: 0, statementTimeoutMs: 0, lockTimeoutMs: 5000 };
  const window = { from: '22:00', to: '06:00', zone: 'Europe/Berlin' };
  expect(text.planReview.read.limits(limits)).not.toContain('only');
  expect(text.planReview.read.limits({ ...limits, window })).toMatch(/^only 22:00–06:00 Europe\/Berlin, 1 connection/);
});
