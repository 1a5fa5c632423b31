import type { EntryDetail } from '../../../src-shared/contract/evidence.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';

const words = text.evidence.proof;

/** One step of a proof in words. */
export interface ShownStep {
  readonly title: string;
  /** What the step gives. */
  readonly hash: string;
  /** Label and whole hash of what it is made from or compared with. */
  readonly parts: readonly (readonly [label: string, hash: string])[];
  readonly bad: boolean;
}

/** The steps in words. Where the proof does not hold, it is the comparison at the end that says so. */
export function shownSteps({ leafHash, proof }: EntryDetail): readonly ShownStep[] {
  const { steps, size, signedRoot, holds } = proof;
  const root = steps.at(-1)?.result ?? leafHash;
  const walked = steps.map((step) => ({
    title: withWhom(step),
    hash: step.result,
    parts: [[words.sibling, step.sibling] as const, [words.together, step.result] as const],
    bad: false,
  }));
  const ends = signedRoot === root ? words.unsigned : words.differs;
  return [
    { title: words.leaf, hash: leafHash, parts: [[text.evidence.entry.leaf, leafHash]], bad: false },
    ...walked,
    { title: words.root(formatCount(size)), hash: root, parts: [[words.root(formatCount(size)), root]], bad: false },
    {
      title: signedRoot === null ? words.noCheckpoint : holds ? words.equals : ends,
      hash: signedRoot ?? '',
      parts: signedRoot === null ? [] : [[words.signed, signedRoot]],
      bad: !holds,
    },
  ];
}

function withWhom({ side, first, last }: EntryDetail['proof']['steps'][number]): string {
  if (first !== last) return words.withRange(formatCount(first), formatCount(last));
  return side === 'left' ? words.withLeft(formatCount(first)) : words.withRight(formatCount(first));
}
