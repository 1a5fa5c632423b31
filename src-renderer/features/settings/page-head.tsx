import type { ReactNode } from 'react';

/** The head of a part of the settings: its name, and what it is for. */
export function PageHead({ title, what }: { readonly title: string; readonly what: string }): ReactNode {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      <span className="second ellipsis" title={what}>
        {what}
      </span>
    </header>
  );
}
