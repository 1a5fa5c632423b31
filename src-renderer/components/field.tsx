import { useId, type ReactNode } from 'react';

/** A form field: label above, hint or error below. `children` gets the ids that tie them together. */
export function Field({
  label,
  hint,
  error,
  children,
  style,
}: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly children: (ids: { readonly id: string; readonly describedBy: string }) => ReactNode;
  readonly style?: React.CSSProperties;
}): ReactNode {
  const id = useId();
  const describedBy = `${id}-hint`;
  const bad = error !== undefined && error !== null && error !== '';
  return (
    <div className="field" style={style}>
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy })}
      <span id={describedBy} className={bad ? 'hint tone-bad' : 'hint'} role={bad ? 'alert' : undefined}>
        {bad ? error : hint}
      </span>
    </div>
  );
}
