import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { ReactNode } from 'react';
import type { EntryFacets as Facets, EntryFilter } from '../../../src-shared/contract/evidence.ts';
import { text } from '../../text/text.ts';
import { SearchIcon } from '../icons.tsx';
import { FacetList } from './facet-list.tsx';
import './evidence.css';

const words = text.evidence;

/** The words and ticks that a list of entries is filtered by. */
export function EntryFacets({
  facets,
  filter,
  onChange,
}: {
  readonly facets: Facets | undefined;
  readonly filter: EntryFilter;
  readonly onChange: (filter: EntryFilter) => void;
}): ReactNode {
  const named = (names: Readonly<Record<string, string>>, none: string) => (value: string) =>
    value === '' ? none : ((Object.hasOwn(names, value) ? names[value] : undefined) ?? value);
  const items = (facet: Facets['who'], name: (value: string) => string) =>
    facet.map(({ value, count }) => ({ value, count, title: name(value) }));
  return (
    <>
      <div style={{ padding: 8, flex: 'none', borderBottom: '1px solid var(--line-soft)' }}>
        <OutlinedInput
          fullWidth
          placeholder={words.search}
          value={filter.text ?? ''}
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
          sx={{ fontSize: 12 }}
          inputProps={{ 'aria-label': words.search, maxLength: 200 }}
          startAdornment={
            <InputAdornment position="start" sx={{ mr: 0 }}>
              <SearchIcon size={14} />
            </InputAdornment>
          }
        />
      </div>
      {facets === undefined ? null : (
        <div className="scroll grow">
          <FacetList
            title={words.facets.what}
            items={items(facets.nouns, named(words.nouns, words.nouns.none))}
            without={filter.withoutNouns ?? []}
            onChange={(without) => onChange({ ...filter, withoutNouns: [...without] })}
          />
          <FacetList
            title={words.facets.outcome}
            items={items(facets.outcomes, named(words.outcome, words.outcome.none))}
            without={filter.withoutOutcomes ?? []}
            onChange={(without) => onChange({ ...filter, withoutOutcomes: [...without] })}
          />
          <FacetList
            title={words.facets.who}
            items={items(facets.who, (value) => (value === '' ? words.nobody : value))}
            without={filter.withoutWho ?? []}
            onChange={(without) => onChange({ ...filter, withoutWho: [...without] })}
          />
        </div>
      )}
    </>
  );
}
