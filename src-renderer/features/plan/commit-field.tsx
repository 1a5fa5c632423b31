import OutlinedInput, { type OutlinedInputProps } from '@mui/material/OutlinedInput';
import { useEffect, useRef, useState, type ReactNode } from 'react';

const PAUSE_MS = 400;

type CommitFieldProps = Omit<OutlinedInputProps, 'value' | 'onChange'> & {
  readonly value: string;
  /** The text after a pause in typing, on Enter, or when the field is left. */
  readonly onCommit: (text: string) => void;
  readonly pauseMs?: number;
};

/** A text field that is saved by itself. What is being typed is never replaced by what comes back. */
export function CommitField({ value, onCommit, pauseMs = PAUSE_MS, ...rest }: CommitFieldProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = (text: string): void => {
    clearTimeout(timer.current);
    if (text !== value) onCommit(text);
  };
  return (
    <OutlinedInput
      {...rest}
      value={typed ?? value}
      onChange={({ target }) => {
        setTyped(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => commit(target.value), pauseMs);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && rest.multiline !== true) commit(typed ?? value);
        if (event.key === 'Escape' && typed !== null) {
          clearTimeout(timer.current);
          setTyped(null);
        }
      }}
      onBlur={() => {
        if (typed !== null) commit(typed);
        setTyped(null);
      }}
    />
  );
}
