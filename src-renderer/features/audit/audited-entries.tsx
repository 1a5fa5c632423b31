import { useState, type ReactNode } from 'react';
import type { AuditOpened, EntryFilter } from '../../../src-shared/contract/evidence.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import OutlinedInput from '@mui/material/OutlinedInput';
import { firstBadEntry } from '../../components/evidence/broken-words.ts';
import { EntryDetailParts } from '../../components/evidence/entry-drawer.tsx';
import { EntryList } from '../../components/evidence/entry-list.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { useAnswer } from '../../rpc/core-context.tsx';
import { usePaged } from '../../rpc/use-paged.ts';
import { text } from '../../text/text.ts';
import { ChecksPanel } from './checks-panel.tsx';

const words = text.audit;

/** The entries of a bundle or ledger, broken ones too; beside them what was checked, or the chosen entry. */
export function AuditedEntries({
  opened,
  chosen,
  onChoose,
}: {
  readonly opened: AuditOpened;
  readonly chosen: number | null;
  readonly onChoose: (seq: number | null) => void;
}): ReactNode {
  const { path, checkedAt, result } = opened;
  const [filter, setFilter] = useState<EntryFilter>({});
  const source = usePaged(['audit', 'page', path, checkedAt, filter], (core, part, signal) =>
    core.audit.page({ ...part, path, filter }, { signal }),
  );
  return (
    <div className="row grow" style={{ alignItems: 'stretch', gap: 0 }}>
      <div className="column grow">
        <SectionHead
          title={words.entries}
          actions={
            <OutlinedInput
              placeholder={text.evidence.search}
              value={filter.text ?? ''}
              onChange={(event) => setFilter({ text: event.target.value })}
              inputProps={{ 'aria-label': text.evidence.search, maxLength: 200 }}
              sx={{ height: 24, width: 180, fontSize: 12 }}
            />
          }
        >
          <span className="second figures">{formatCount(source.matching)}</span>
        </SectionHead>
        {source.error !== null && source.size === null ? (
          <ErrorState error={source.error} />
        ) : (
          <EntryList source={source} chosen={chosen} onChoose={onChoose} brokenFrom={firstBadEntry(result)} narrow />
        )}
      </div>
      <Beside opened={opened} chosen={chosen} />
    </div>
  );
}

function Beside({ opened, chosen }: { readonly opened: AuditOpened; readonly chosen: number | null }): ReactNode {
  const [shown, setShown] = useState<'checks' | 'entry'>('checks');
  const [last, setLast] = useState(chosen);
  if (chosen !== last) {
    setLast(chosen);
    setShown(chosen === null ? 'checks' : 'entry');
  }
  const side = chosen === null ? 'checks' : shown;
  return (
    <aside className="drawer" aria-label={words.rightLabel}>
      <div className="section-head">
        <Segmented
          label={words.rightLabel}
          value={side}
          onChange={setShown}
          items={[
            { id: 'checks', title: words.checks },
            ...(chosen === null
              ? []
              : [{ id: 'entry' as const, title: text.evidence.entry.title(formatCount(chosen)) }]),
          ]}
        />
      </div>
      {side === 'checks' || chosen === null ? (
        <ChecksPanel opened={opened} />
      ) : (
        <AuditedEntry key={chosen} opened={opened} seq={chosen} />
      )}
    </aside>
  );
}

function AuditedEntry({ opened, seq }: { readonly opened: AuditOpened; readonly seq: number }): ReactNode {
  const { path, checkedAt } = opened;
  const { data, error } = useAnswer(['audit', 'entry', path, checkedAt, seq], (core, signal) =>
    core.audit.entry({ path, seq }, { signal }),
  );
  if (error !== null) return <ErrorState error={error} />;
  return data === undefined ? <LoadingState what={text.ledger.reading} /> : <EntryDetailParts detail={data} />;
}
