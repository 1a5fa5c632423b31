import type { ReactNode } from 'react';
import { DEFAULT_LIMITS, LIMIT_RANGES } from '../../../../src-shared/model/limit-rules.ts';
import { text } from '../../../text/text.ts';
import { findingAt } from '../findings-at.ts';
import type { StepProps } from '../plan-editor.ts';
import { HoursField } from './hours-field.tsx';
import { LimitField } from './limit-field.tsx';
import { readNumber, readSeconds, readSize, showSeconds, withLimit, type Limits } from './limit-values.ts';

const words = text.planLimits;

/** What a person decides of how the run reads. */
export function LimitsForm({ editor }: StepProps): ReactNode {
  return (
    <div className="limits-form">
      <p className="small second">{words.intro}</p>
      <Group title={words.readers}>
        <NumberLimit
          editor={editor}
          name="connections"
          label={words.connections}
          hint={words.connectionsHint}
          usual={DEFAULT_LIMITS.connections}
        />
      </Group>
      <Group title={words.pace}>
        <NumberLimit
          editor={editor}
          name="rowsPerSecond"
          label={words.rowsPerSecond}
          hint={words.rowsPerSecondHint}
          unit={words.aSecond}
          usual={0}
        />
        <SizeLimit editor={editor} name="bytesPerSecond" usual="0" />
      </Group>
      <HoursField editor={editor} />
      <Group title={words.waiting}>
        <NumberLimit
          editor={editor}
          name="pauseMinutes"
          label={words.pause}
          hint={words.pauseHint}
          unit={words.minutes}
          usual={DEFAULT_LIMITS.pauseMinutes}
        />
        <TimeLimit editor={editor} name="lockTimeoutMs" label={words.lock} hint={words.lockHint} />
        <TimeLimit editor={editor} name="statementTimeoutMs" label={words.statement} hint={words.statementHint} />
      </Group>
      <Group title={words.values}>
        <SizeLimit editor={editor} name="cellBytes" usual={DEFAULT_LIMITS.cellBytes} />
      </Group>
    </div>
  );
}

export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <fieldset className="limits-group">
      <legend className="field-label">{title}</legend>
      <div className="limits-grid">{children}</div>
    </fieldset>
  );
}

const setter =
  <Key extends keyof Limits>({ editor }: StepProps, key: Key) =>
  (value: Limits[Key] | undefined): void =>
    editor.editBy(({ limits }) => ({ kind: 'limits', limits: withLimit(limits, { key, value }) }));

interface NumberProps extends StepProps {
  readonly name: 'connections' | 'rowsPerSecond' | 'pauseMinutes';
  readonly label: string;
  readonly hint: string;
  readonly unit?: string;
  readonly usual: number;
}

function NumberLimit({ editor, name, usual, ...said }: NumberProps): ReactNode {
  const value = editor.plan.limits?.[name];
  return (
    <LimitField
      {...said}
      value={value === undefined ? '' : String(value)}
      usual={String(usual)}
      error={findingAt(editor, 'limits', name)}
      read={(typed) => readNumber(typed, LIMIT_RANGES[name])}
      onChange={setter({ editor }, name)}
    />
  );
}

interface TimeProps extends StepProps {
  readonly name: 'statementTimeoutMs' | 'lockTimeoutMs';
  readonly label: string;
  readonly hint: string;
}

function TimeLimit({ editor, name, ...said }: TimeProps): ReactNode {
  return (
    <LimitField
      {...said}
      unit={words.seconds}
      value={showSeconds(editor.plan.limits?.[name])}
      usual={name === 'lockTimeoutMs' ? showSeconds(DEFAULT_LIMITS.lockTimeoutMs) : '0'}
      error={findingAt(editor, 'limits', name)}
      read={(typed) => readSeconds(typed, LIMIT_RANGES[name])}
      onChange={setter({ editor }, name)}
    />
  );
}

interface SizeProps extends StepProps {
  readonly name: 'bytesPerSecond' | 'cellBytes';
  readonly usual: string;
}

function SizeLimit({ editor, name, usual }: SizeProps): ReactNode {
  const value = editor.plan.limits?.[name];
  const isPace = name === 'bytesPerSecond';
  const said = isPace
    ? { label: words.bytesPerSecond, hint: words.bytesPerSecondHint, unit: words.aSecond }
    : { label: words.cell, hint: words.cellHint };
  return (
    <LimitField
      {...said}
      value={value === undefined ? '' : String(value)}
      usual={usual}
      error={findingAt(editor, 'limits', name)}
      read={(typed) => readSize(typed, { orNone: isPace })}
      // Zero is read for the pace alone.
      onChange={(size) => setter({ editor }, name)(size)}
    />
  );
}
