import { useState, type ReactNode } from 'react';
import type { AuditedTable, AuditOpened } from '../../../src-shared/contract/evidence.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { SectionHead } from '../../components/section-head.tsx';
import { Slip } from '../../components/slip.tsx';
import { EmptyState } from '../../components/states.tsx';
import { text } from '../../text/text.ts';
import { ChecksPanel } from './checks-panel.tsx';
import { TableFacts } from './table-facts.tsx';
import { TableLines } from './table-lines.tsx';

const words = text.audit;

/** The tables that a package says it holds, with rows, masks and files; beside them what was checked. */
export function AuditedPackage({
  opened,
  file,
}: {
  readonly opened: AuditOpened;
  /** The file that a finding speaks of: its table is shown. */
  readonly file: string | null;
}): ReactNode {
  const tables = opened.package?.tables ?? [];
  const [at, setAt] = useState(0);
  const [shownFile, setShownFile] = useState<string | null>(null);
  if (file !== shownFile) {
    setShownFile(file);
    const holder = tables.findIndex(({ files }) => file !== null && files.includes(file));
    if (holder >= 0) setAt(holder);
  }
  return (
    <>
      <div className="row grow" style={{ alignItems: 'stretch', gap: 0 }}>
        <div className="column grow">
          <Tables opened={opened} tables={tables} at={at} onChoose={setAt} />
        </div>
        <aside className="drawer" aria-label={words.checks}>
          <SectionHead title={words.checks} />
          <ChecksPanel opened={opened} />
        </aside>
      </div>
      <Says opened={opened} />
    </>
  );
}

function Tables({
  opened,
  tables,
  at,
  onChoose,
}: {
  readonly opened: AuditOpened;
  readonly tables: readonly AuditedTable[];
  readonly at: number;
  readonly onChoose: (at: number) => void;
}): ReactNode {
  if (opened.package === null) return <EmptyState title={words.table.unread}>{words.table.unreadHint}</EmptyState>;
  if (tables.length === 0) return <EmptyState title={words.table.none} />;
  const chosen = tables[at];
  const { unlisted } = opened.package;
  return (
    <>
      <SectionHead title={words.tables}>
        <span className="second figures">{formatCount(tables.length)}</span>
        {unlisted === 0 ? null : (
          <span className="tone-warn figures">{words.table.unlisted(formatCount(unlisted))}</span>
        )}
      </SectionHead>
      <TableLines tables={tables} at={at} onChoose={onChoose} />
      {chosen === undefined ? null : <TableFacts table={chosen} />}
    </>
  );
}

function Says({ opened: { package: said } }: { readonly opened: AuditOpened }): ReactNode {
  if (said === null) return null;
  const shown = (value: string | null, kind: 'prose' | 'data' = 'prose'): ReactNode => (
    <span className={`ellipsis ${value === null ? '' : kind}`} title={value ?? undefined}>
      {value ?? <span className="faint">{words.says.notSaid}</span>}
    </span>
  );
  return (
    <Slip
      label={words.says.label}
      boxes={[
        { label: words.says.title, fact: shown(said.title), share: 1.1 },
        { label: words.says.purpose, fact: shown(said.purpose), share: 1.4 },
        { label: words.says.source, fact: shown(said.source), share: 1.2 },
        {
          label: words.says.created,
          fact: shown(said.created?.replace('T', ' ').replace(/\.\d+Z$/, ' UTC') ?? null, 'data'),
          share: 1.75,
        },
        { label: words.says.run, fact: shown(said.run, 'data'), share: 1.4 },
      ]}
    />
  );
}
