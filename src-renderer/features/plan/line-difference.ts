export interface DifferenceLine {
  readonly kind: 'same' | 'mine' | 'theirs';
  readonly text: string;
}

/** Lists longer than this after what is equal at both ends are shown as replaced whole. */
const MAX_CELLS = 4_000_000;

/** Two texts line by line: what only one of them has, and what both have, in order. */
export function lineDifference(mine: string, theirs: string): readonly DifferenceLine[] {
  const [a, b] = [mine.split('\n'), theirs.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const same = (lines: readonly string[]): DifferenceLine[] => lines.map((text) => ({ kind: 'same', text }));
  return [
    ...same(a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(end === 0 ? [] : a.slice(-end)),
  ];
}

function middle(a: readonly string[], b: readonly string[]): readonly DifferenceLine[] {
  const wide = b.length + 1;
  const isLong = (a.length + 1) * wide > MAX_CELLS;
  const common = isLong ? new Uint32Array(0) : commonLengths(a, b);
  const at = (i: number, j: number): number => common[i * wide + j] ?? 0;
  const lines: DifferenceLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left });
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'mine', text: left });
      i++;
    } else if (right !== undefined) {
      lines.push({ kind: 'theirs', text: right });
      j++;
    }
  }
  return lines;
}

/** Lengths of the longest common run of lines behind each pair of places. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const wide = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * wide);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * wide + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * wide + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * wide + j] ?? 0, lengths[i * wide + j + 1] ?? 0);
    }
  }
  return lengths;
}

/** The difference with long equal stretches folded: `null` stands for as many lines as `left` says. */
export function foldSame(
  lines: readonly DifferenceLine[],
  around = 3,
): readonly (DifferenceLine | { readonly kind: 'folded'; readonly count: number })[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: (DifferenceLine | { kind: 'folded'; count: number })[] = [];
  for (const [index, line] of lines.entries()) {
    const last = shown.at(-1);
    if (near[index]) shown.push(line);
    else if (last?.kind === 'folded') last.count += 1;
    else shown.push({ kind: 'folded', count: 1 });
  }
  return shown;
}
