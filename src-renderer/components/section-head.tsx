import type { ReactNode } from 'react';

/** The line over a part of a screen: what it is, what is to be known of it, what can be done with it. */
export function SectionHead({
  title,
  children,
  actions,
  over = false,
}: {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** A strong line above: it begins a new panel. */
  readonly over?: boolean;
}): ReactNode {
  return (
    <div className={over ? 'section-head over' : 'section-head'}>
      <h2 className="ellipsis">{title}</h2>
      {children}
      {actions === undefined ? null : <span className="push row">{actions}</span>}
    </div>
  );
}
