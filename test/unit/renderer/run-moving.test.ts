import { describe, expect, it } from 'vitest';
import { afterReading, isAllWritten } from '../../../src-renderer/components/run-moving.ts';

const delivery = (state: 'pending' | 'sending') => ({
  ...{ target: 'partner', path: '', state, doneBytes: 0, totalBytes: 0, uri: null, volume: null, error: null },
});

describe('a run after its last table', () => {
  it('is at what follows the rows, of which they say nothing', () => {
    expect(isAllWritten([{ state: 'finished' }, { state: 'checking' }])).toBe(false);
    expect(isAllWritten([])).toBe(false);
    expect(isAllWritten([{ state: 'finished' }])).toBe(true);
    expect(afterReading([delivery('pending')])).toBe('sealing the package');
    expect(afterReading([delivery('pending'), delivery('sending')])).toBe('delivering to partner');
  });
});
