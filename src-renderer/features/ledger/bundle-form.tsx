import OutlinedInput from '@mui/material/OutlinedInput';
import type { ReactNode } from 'react';
import { Field } from '../../components/field.tsx';
import { Tick } from '../../components/marks.tsx';
import { text } from '../../text/text.ts';
import type { BundleState } from './use-bundle.ts';

const words = text.ledger.bundle;

/** Where the bundle goes, and what it leaves out. */
export function BundleForm({ bundle }: { readonly bundle: BundleState }): ReactNode {
  const { out, busy, withoutSql, change } = bundle;
  return (
    <>
      <Field label={words.out} hint={words.outHint}>
        {({ id, describedBy }) => (
          <OutlinedInput
            id={id}
            className="data-input"
            value={out}
            disabled={busy}
            onChange={(event) => change({ out: event.target.value })}
            inputProps={{ 'aria-describedby': describedBy, spellCheck: false }}
          />
        )}
      </Field>
      <div>
        <span className="row">
          <Tick
            value={withoutSql}
            label={words.withoutSql}
            disabled={busy}
            onChange={(ticked) => change({ withoutSql: ticked })}
          />
          <span>{words.withoutSql}</span>
        </span>
        <span className="small faint" style={{ paddingLeft: 24 }}>
          {words.withoutSqlHint}
        </span>
      </div>
    </>
  );
}
