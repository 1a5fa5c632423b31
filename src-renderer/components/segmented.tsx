import type { ReactNode } from 'react';

/** A choice of few, all of them seen. */
export function Segmented<Id extends string>({
  label,
  items,
  value,
  onChange,
}: {
  readonly label: string;
  readonly items: readonly { readonly id: Id; readonly title: ReactNode }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
}): ReactNode {
  return (
    <span className="segmented" role="group" aria-label={label}>
      {items.map(({ id, title }) => (
        <button key={id} type="button" aria-pressed={id === value} onClick={() => onChange(id)}>
          {title}
        </button>
      ))}
    </span>
  );
}
