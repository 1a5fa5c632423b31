import type { ReactNode } from 'react';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';
import { Tick } from '../marks.tsx';
import { MiddleEllipsis } from '../middle-ellipsis.tsx';

export interface FacetItem {
  readonly value: string;
  readonly title: string;
  readonly count: number;
}

/** Values of one kind with a tick each; what is not ticked is left out of the list. */
export function FacetList({
  title,
  items,
  without,
  onChange,
}: {
  readonly title: string;
  readonly items: readonly FacetItem[];
  readonly without: readonly string[];
  readonly onChange: (without: readonly string[]) => void;
}): ReactNode {
  const { facets } = text.evidence;
  return (
    <div className="facet" role="group" aria-label={title}>
      <div className="label" style={{ marginBottom: 4 }}>
        {title}
      </div>
      {items.map(({ value, title: name, count }) => (
        <div key={value} className="facet-row">
          <Tick
            value={!without.includes(value)}
            label={name}
            onChange={(ticked) => onChange(ticked ? without.filter((one) => one !== value) : [...without, value])}
          />
          <span className="grow">
            <MiddleEllipsis text={name} />
          </span>
          <button
            type="button"
            className="only"
            aria-label={facets.onlyThis(name)}
            onClick={() => onChange(items.map((one) => one.value).filter((one) => one !== value))}
          >
            {facets.only}
          </button>
          <span className="count figures faint">{formatCount(count)}</span>
        </div>
      ))}
    </div>
  );
}
