import { expect, it } from 'vitest';
import { wordsOf } from '../../../src-renderer/features/runs/event-words.ts';

const failed = (code: string) =>
  wordsOf({
    ...{ kind: 'failed', table: 'public.orders' },
    error: { code, message: 'It ended.', remedy: 'Start it again.' },
  } as Parameters<typeof wordsOf>[0]);

it('a table of a run that a person cancelled is no failure', () => {
  expect(failed('RUN/CANCELLED')).toEqual({
    ...{ tone: 'plain', table: 'public.orders', text: 'Not finished: the run was cancelled' },
  });
  expect(failed('SOURCE/QUERY_FAILED').tone).toBe('bad');
});
