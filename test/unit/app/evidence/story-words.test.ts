import { describe, expect, it } from 'vitest';
import { Moments } from '../../../../src-main/app/evidence/moments.ts';
import { RunStories } from '../../../../src-main/app/bundle/run-story.ts';
import type { Entry } from '../../../../src-shared/proof/entry.ts';
import { readingWords } from '../../../../src-shared/model/reading.ts';

const EARLIER = '01JD9Z8K3W0000000000000001';
const RUN = '01JD9Z8K3W0000000000000002';

describe('how a run was read, in words', () => {
  it('tells hours, pauses and lost connections, and nothing of what there was not', () => {
    expect(readingWords({})).toEqual([]);
    expect(
      readingWords({
        window: { from: '22:00', to: '06:00', zone: 'Europe/Berlin' },
        queued: { ms: 7_389_000 },
        paused: { times: 3, ms: 723_000 },
        retries: 2,
      }),
    ).toEqual([
      ['Hours', 'Read only from 22:00 to 06:00 (Europe/Berlin). It waited 2:03:09 for them, without a connection.'],
      ['Pauses', 'Paused 3 times, for 12:03 in all; its snapshot stayed open meanwhile.'],
      ['Lost connections', 'One was lost 2 times; what it was reading was read anew, in the same snapshot.'],
    ]);
  });

  it.each([
    null,
    'paused',
    [],
    { paused: [1], retries: '3', window: 'always', queued: { ms: -1 } },
    { paused: { times: 1e300, ms: 1 }, retries: 0.5, window: { from: 1, to: 2, zone: {} } },
  ])('takes %j for nothing to tell', (hostile) => {
    expect(readingWords(hostile)).toEqual([]);
  });

  it('tells moments apart, by run and snapshot', () => {
    const moments = new Moments();
    expect(moments.words('S2')).toBe('One: all rows are of the snapshot S2.');
    moments.addTable('public.first', { run: EARLIER, snapshot: 'S1' });
    moments.addParts('public.second', { run: EARLIER, snapshot: 'S1' }, { parts: 3, of: 7 });
    const kept = `As run ${EARLIER} read it (snapshot S1): public.first, 3 of 7 parts of public.second.`;
    expect(moments.words('S2')).toBe(`Two moments. ${kept} All else is of its own, later snapshot (S2).`);
    expect(moments.words(null)).toBe(`One. ${kept} Nothing else was read.`);
  });
});

describe('the story of a run that died', () => {
  it('says no more of what it read than the ledger does', () => {
    const stories = new RunStories();
    const event = (seq: number, type: string, data: Record<string, unknown>): Entry => ({
      ...{ kind: 'event', seq, type, time: '2026-11-26T22:00:00Z', data: { correlation: RUN, ...data } },
      ...{
        specversion: '1.0',
        source: 'urn:waybill',
        datacontenttype: 'application/json',
        id: String(seq),
        prev: '',
      },
    });
    const window = { from: '22:00', to: '06:00', zone: 'UTC' };
    stories.see(event(1, 'export.started', { window, consents: ['1 of 2 tables from an earlier snapshot'] }));
    const kept = [{ name: 'public.first', run: EARLIER, snapshot: 'S1' }];
    stories.see(event(2, 'export.resumed', { resumes: EARLIER, kept }));
    stories.see(event(3, 'export.interrupted', {}));
    const told = stories.runs.find(({ run }) => run === RUN);
    expect(told?.reading).toEqual([
      [
        'Moments',
        `Two moments. As run ${EARLIER} read it (snapshot S1): public.first. All else is of its own, later snapshot.`,
      ],
      ['Hours', 'Read only from 22:00 to 06:00 (UTC).'],
    ]);
    expect(told?.goesOnWith).toBe(`run ${EARLIER}; kept of it, hashed anew: 1 finished table`);
    expect(stories.runs.find(({ run }) => run === EARLIER)?.goneOnBy).toEqual([RUN]);
  });
});
