import type { ReactNode } from 'react';
import { text } from '../../../text/text.ts';
import type { MaskingRow } from './masking-rows.ts';

const words = text.plan.masking;

/** What the mask promises, and what it does not; without one, why the column is suspected. */
export function MaskFacts({
  row: { column },
  traits,
}: {
  readonly row: MaskingRow;
  readonly traits: Readonly<Record<string, unknown>> | null;
}): ReactNode {
  const promise = promiseOf(traits?.['promise']);
  const isKeyed = traits?.['needsKey'] === true;
  return (
    <>
      <dl className="facts mask-facts">
        {column.personal === null ? null : (
          <>
            <dt>{text.plan.columns.class}</dt>
            <dd>{column.personal.class}</dd>
            <dt>{words.why}</dt>
            <dd>{column.personal.reason}</dd>
          </>
        )}
        {column.remark === null ? null : (
          <>
            <dt>{words.asIs}</dt>
            <dd>{column.remark}</dd>
          </>
        )}
        {promise === null ? null : (
          <>
            <dt>{words.promise}</dt>
            <dd>{promise}</dd>
          </>
        )}
      </dl>
      {isKeyed ? <p className="second small">{words.notAnonymous}</p> : null}
    </>
  );
}

function promiseOf(promise: unknown): string | null {
  const known: Readonly<Record<string, string>> = words.promises;
  return typeof promise === 'string' ? (known[promise] ?? promise) : null;
}
