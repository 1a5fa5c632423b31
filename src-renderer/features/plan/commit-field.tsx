import OutlinedInput, { type OutlinedInputProps } from '@mui/material/OutlinedInput';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { PendingCommit } from './pending-commit.ts';

const PAUSE_MS = 400;

type CommitFieldProps = Omit<OutlinedInputProps, 'value' | 'onChange'> & {
  readonly value: string;
  /** The text after a pause in typing, on Enter, or when the field is left or goes away. */
  readonly onCommit: (text: string) => void;
  readonly pauseMs?: number;
};

/** A text field that is saved by itself. What is being typed is never replaced by what comes back, and never lost. */
export function CommitField({ value, onCommit, pauseMs = PAUSE_MS, ...rest }: CommitFieldProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const pending = useRef(new PendingCommit());
  useEffect(() => pending.current.follow({ value, onCommit }));
  useEffect(() => {
    const { current } = pending;
    // A key may lead to another step before the pause is over.
    return () => current.flush();
  }, []);
  return (
    <OutlinedInput
      {...rest}
      value={typed ?? value}
      onChange={({ target }) => {
        setTyped(target.value);
        pending.current.wait(target.value, pauseMs);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && rest.multiline !== true) pending.current.flush();
        if (event.key === 'Escape' && typed !== null) {
          pending.current.drop();
          setTyped(null);
        }
      }}
      onBlur={() => {
        pending.current.flush();
        setTyped(null);
      }}
    />
  );
}
