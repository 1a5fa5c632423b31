import type { ReactNode } from 'react';

export interface SlipBox {
  readonly label: string;
  readonly fact: ReactNode;
  /** Share of the width; 1 when absent. */
  readonly share?: number;
}

/** The strip of labelled boxes that carries the facts of a plan or a run, always in the same place. */
export function Slip({
  boxes,
  label,
  className = '',
}: {
  readonly boxes: readonly SlipBox[];
  readonly label: string;
  readonly className?: string;
}): ReactNode {
  return (
    <div className={`slip ${className}`} role="group" aria-label={label}>
      {boxes.map(({ label: name, fact, share = 1 }) => (
        <div key={name} style={{ flex: `${share} 1 0` }}>
          <span className="label" title={name}>
            {name}
          </span>
          <span className="fact">{fact}</span>
        </div>
      ))}
    </div>
  );
}
