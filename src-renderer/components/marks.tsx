import { useEffect, useRef, type ReactNode } from 'react';
import { text } from '../text/text.ts';
import { BadIcon, BoxIcon, BoxOnIcon, BoxSomeIcon, MaskIcon, OkIcon, WarnIcon } from './icons.tsx';
import { CONNECTION_COLORS } from './theme/tokens.ts';

export type ConnectionColor = keyof typeof CONNECTION_COLORS;

/** The colour of a connection, as a dot; its name stands beside it. */
export function ConnectionDot({ color }: { readonly color: ConnectionColor }): ReactNode {
  return <span className="connection-dot" style={{ background: CONNECTION_COLORS[color] }} />;
}

/** A key combination, as it is printed on the keys. */
export function KeyHint({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className="key-hint">{children}</span>;
}

export type Tone = 'ok' | 'warn' | 'bad' | 'mask';

const TONE_ICONS = { ok: OkIcon, warn: WarnIcon, bad: BadIcon, mask: MaskIcon };

/** A word of status: icon, word and colour, never colour alone. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  const ToneIcon = TONE_ICONS[tone];
  return (
    <span className={`status tone-${tone}`}>
      <ToneIcon size={14} />
      {children}
    </span>
  );
}

/** Where a number will stand when it has been counted; what is counted at once says nothing before. */
export function Counting(): ReactNode {
  return <span className="faint soon">{text.everywhere.counting}</span>;
}

/** A mask's name in a tinted pill. */
export function MaskPill({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <span className="pill tone-mask">
      <MaskIcon size={14} />
      <span className="ellipsis">{children}</span>
    </span>
  );
}

/** A part of a whole, 0…1; `moving`: it is growing now. */
export function Bar({
  value,
  width = 56,
  moving = false,
  label,
}: {
  readonly value: number;
  readonly width?: number;
  readonly moving?: boolean;
  /** Makes it a progress bar for those who do not see it; without one it is an ornament beside its figure. */
  readonly label?: string;
}): ReactNode {
  const percent = Math.min(100, Math.max(value * 100, value > 0 ? 2 : 0));
  const spoken =
    label === undefined
      ? { 'aria-hidden': true }
      : { role: 'progressbar', 'aria-label': label, 'aria-valuenow': Math.round(percent) };
  return (
    <span className={moving ? 'bar moving' : 'bar'} style={{ width }} {...spoken}>
      <i style={{ width: `${percent}%` }} />
    </span>
  );
}

/** A tick of three states. The browser's own: a tree draws dozens of them in a frame while it scrolls. */
export function Tick({
  value,
  label,
  onChange,
  disabled = false,
  tabIndex,
}: {
  readonly value: boolean | 'some';
  readonly label: string;
  readonly onChange?: (chosen: boolean) => void;
  readonly disabled?: boolean;
  readonly tabIndex?: number;
}): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // There is no attribute for it.
    if (input.current !== null) input.current.indeterminate = value === 'some';
  }, [value]);
  return (
    <span className={value === false ? 'tick' : 'tick on'}>
      <input
        ref={input}
        type="checkbox"
        aria-label={label}
        checked={value === true}
        disabled={disabled}
        readOnly={onChange === undefined}
        tabIndex={tabIndex}
        onChange={({ target }) => onChange?.(value === 'some' || target.checked)}
        onClick={(event) => event.stopPropagation()}
      />
      {value === 'some' ? <BoxSomeIcon /> : value ? <BoxOnIcon /> : <BoxIcon />}
    </span>
  );
}
