import type { KeyboardEvent, ReactNode } from 'react';
import { text } from '../../text/text.ts';
import type { ConnectionForm } from './use-connection-form.ts';

/** The products of this build; a saved connection keeps its own. */
export function ProductList({ form: { draft, adapters, saved, set } }: { readonly form: ConnectionForm }): ReactNode {
  const shown = saved === null ? adapters : adapters.filter(({ id }) => id === saved.connector);
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const at = shown.findIndex(({ id }) => id === draft.connector);
    const next = shown[at + by];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    set({ connector: next.id });
    event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[at + by]?.focus();
  };
  return (
    <div className="connection-products" role="radiogroup" aria-label={text.connections.products} onKeyDown={press}>
      {shown.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="radio"
          className="list-item"
          aria-checked={id === draft.connector}
          tabIndex={id === draft.connector ? 0 : -1}
          onClick={() => set({ connector: id })}
        >
          <span className={id === draft.connector ? 'strong' : ''}>{title}</span>
        </button>
      ))}
    </div>
  );
}
