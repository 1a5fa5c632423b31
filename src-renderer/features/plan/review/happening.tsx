import type { ReactNode } from 'react';

/** One thing that the run does; its number is its place in the list. */
export function Happening({
  title,
  fact,
  children,
}: {
  readonly title: ReactNode;
  readonly fact?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <li className="happening">
      <p>
        <span className="strong">{title}</span> <span className="second">{fact}</span>
      </p>
      {children}
    </li>
  );
}
