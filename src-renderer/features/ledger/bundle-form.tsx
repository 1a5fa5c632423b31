import type { ReactNode } from 'react';
import { Tick } from '../../components/marks.tsx';
import { PathField } from '../../forms/path-field.tsx';
import { text } from '../../text/text.ts';
import type { BundleState } from './use-bundle.ts';

const words = text.ledger.bundle;

/** Where the bundle goes, and what it leaves out. */
export function BundleForm({ bundle }: { readonly bundle: BundleState }): ReactNode {
  const { out, busy, withoutSql, change } = bundle;
  return (
    <>
      <PathField
        label={words.out}
        hint={words.outHint}
        value={out}
        disabled={busy}
        onChange={(path) => change({ out: path })}
        request={{ kind: 'new-file', title: text.files.titleFor(words.out) }}
      />
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
