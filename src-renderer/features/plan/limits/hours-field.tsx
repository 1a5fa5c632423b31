import { useId, useMemo, type ReactNode } from 'react';
import { Tick } from '../../../components/marks.tsx';
import { text } from '../../../text/text.ts';
import type { StepProps } from '../plan-editor.ts';
import { LimitField } from './limit-field.tsx';
import { firstHours, minutesOf, readHours, withLimit, type Hours } from './limit-values.ts';

const words = text.planLimits;

/** The hours in which the run reads, if it is bound to any. */
export function HoursField({ editor }: StepProps): ReactNode {
  const hours = editor.plan.limits?.window;
  const set = (value: Hours | undefined): void =>
    editor.editBy(({ limits }) => ({ kind: 'limits', limits: withLimit(limits, { key: 'window', value }) }));
  // On the hours as they are when the edit's turn comes: a part that was typed a moment before is not on screen yet.
  const change = (part: Partial<Hours>): void =>
    editor.editBy(({ limits }) => {
      const value = { ...(limits?.window ?? firstHours()), ...part };
      return { kind: 'limits', limits: withLimit(limits, { key: 'window', value }) };
    });
  return (
    <fieldset className="limits-group">
      <legend className="field-label">{words.hours}</legend>
      <label className="format-switch">
        <Tick
          value={hours !== undefined}
          label={words.window}
          onChange={(chosen) => set(chosen ? firstHours() : undefined)}
        />
        <span>
          {words.window}
          <span className="small faint">{words.windowHint}</span>
        </span>
      </label>
      {hours === undefined ? null : <HoursParts hours={hours} onChange={change} />}
    </fieldset>
  );
}

interface PartsProps {
  readonly hours: Hours;
  readonly onChange: (part: Partial<Hours>) => void;
}

function HoursParts({ hours, onChange }: PartsProps): ReactNode {
  const zones = useId();
  const names = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const part = (key: keyof Hours) => ({
    value: hours[key],
    read: (typed: string) => readHours(hours, { [key]: typed }),
    onChange: (next: Hours | undefined) => next !== undefined && onChange({ [key]: next[key] }),
  });
  return (
    <>
      <div className="limits-hours">
        <LimitField {...part('from')} label={words.from} usual="" width={96} required />
        <LimitField {...part('to')} label={words.to} usual="" width={96} required />
        <LimitField {...part('zone')} label={words.zone} usual="" width={220} list={zones} required />
      </div>
      <datalist id={zones}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <p className="small faint">{words.windowLength(minutesOf(hours), hours.to < hours.from)}</p>
    </>
  );
}
