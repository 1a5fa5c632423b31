import type { ReactNode } from 'react';
import type { RunKind } from './kinds.ts';

/** The mark of a run: told apart by its form, and by colour besides. */
export function MarkShape({
  kind,
  x,
  y,
  large = false,
}: {
  readonly kind: RunKind;
  readonly x: number;
  readonly y: number;
  readonly large?: boolean;
}): ReactNode {
  const size = large ? 5 : 3.5;
  const place = `translate(${x} ${y})`;
  if (kind === 'whole') return <circle className="dot whole" transform={place} r={large ? 4.5 : 2.5} />;
  const path =
    kind === 'other'
      ? `M0 ${-size}L${size} 0L0 ${size}L${-size} 0Z`
      : `M${-size} ${-size}L${size} ${size}M${-size} ${size}L${size} ${-size}`;
  return <path className={`dot ${kind}`} transform={place} d={path} />;
}
