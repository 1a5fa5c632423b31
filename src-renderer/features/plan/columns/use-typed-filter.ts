import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 250;

/** A filter while it is typed: shown at once, saved after a pause. What comes back from outside replaces it when idle. */
export function useTypedFilter(
  saved: string | null,
  save: (where: string | null) => void,
): readonly [where: string | null, type: (where: string | null) => void] {
  const [typed, setTyped] = useState<{ readonly where: string | null } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const waiting = useRef<(() => void) | null>(null);
  useEffect(() => {
    setTyped((now) => (now !== null && now.where === saved ? null : now));
  }, [saved]);
  // What was typed last is saved when the table is left.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      waiting.current?.();
    },
    [],
  );
  const type = (where: string | null): void => {
    setTyped({ where });
    clearTimeout(timer.current);
    const commit = (): void => {
      waiting.current = null;
      const meant = where === null || where.trim() === '' ? null : where;
      if (meant !== saved) save(meant);
      else setTyped(null);
    };
    waiting.current = commit;
    timer.current = setTimeout(commit, PAUSE_MS);
  };
  return [typed === null ? saved : typed.where, type];
}
