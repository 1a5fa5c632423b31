import type { ReactNode } from 'react';
import { text } from '../../text/text.ts';
import type { RunKind } from './kinds.ts';
import { MarkShape } from './run-dot.tsx';

const words = text.history.legend;

/** What the marks of the charts mean; only those that are there. */
export function Legend({
  kinds,
  unknown,
}: {
  readonly kinds: readonly RunKind[];
  readonly unknown: boolean;
}): ReactNode {
  const there = (['whole', 'other', 'open'] as const).filter((kind) => kinds.includes(kind));
  return (
    <ul className="history-legend">
      {there.map((kind) => (
        <li key={kind}>
          <svg width={12} height={12} aria-hidden>
            <MarkShape kind={kind} x={6} y={6} />
          </svg>
          {words[kind]}
        </li>
      ))}
      {unknown ? (
        <li>
          <svg width={12} height={12} aria-hidden>
            <line className="no-figures" x1={6} x2={6} y1={0} y2={12} />
          </svg>
          {words.unknown}
        </li>
      ) : null}
    </ul>
  );
}
