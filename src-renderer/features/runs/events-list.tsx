import Button from '@mui/material/Button';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, type ReactNode } from 'react';
import type { RunEventLine } from '../../../src-shared/contract/runs.ts';
import { formatExactTime } from '../../../src-shared/util/format-moment.ts';
import { copyText } from '../../components/copy-text.ts';
import { BadIcon, CopyIcon, OkIcon, WarnIcon } from '../../components/icons.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { text } from '../../text/text.ts';
import { eventsAsText, wordsOf, type EventTone } from './event-words.ts';

const LINE = 26;
const ICONS = { plain: null, ok: OkIcon, warn: WarnIcon, bad: BadIcon } as const satisfies Record<EventTone, unknown>;

/** Copies all events as text. */
export function CopyEvents({ events }: { readonly events: readonly RunEventLine[] }): ReactNode {
  return (
    <Button variant="text" sx={{ height: 24 }} onClick={() => copyText(eventsAsText(events))}>
      <CopyIcon size={14} />
      {text.runs.copyEvents}
    </Button>
  );
}

/** What happened, the newest on top; what went wrong stays above all of it. */
export function EventsList({ events }: { readonly events: readonly RunEventLine[] }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const { pinned, rest } = useMemo(() => {
    const newest = events.toReversed();
    const isBad = ({ what }: RunEventLine): boolean => wordsOf(what).tone === 'bad';
    return { pinned: newest.filter(isBad), rest: newest.filter((event) => !isBad(event)) };
  }, [events]);
  const lines = useVirtualizer({
    count: rest.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    overscan: 8,
  });
  if (events.length === 0) return <p className="second no-match">{text.runs.noEvents}</p>;
  return (
    <>
      {pinned.length === 0 ? null : (
        <div className="pinned-events" role="log" tabIndex={0} aria-label={text.runs.failedCount(pinned.length)}>
          {pinned.map((event) => (
            <EventLine key={event.no} event={event} />
          ))}
        </div>
      )}
      <div
        ref={box}
        className="scroll grow events-box"
        role="log"
        tabIndex={0}
        aria-live="off"
        aria-label={text.runs.events}
      >
        <div style={{ height: lines.getTotalSize(), position: 'relative' }}>
          {lines.getVirtualItems().map(({ index, start }) => {
            const event = rest[index];
            return event === undefined ? null : <EventLine key={event.no} event={event} top={start} />;
          })}
        </div>
      </div>
    </>
  );
}

function EventLine({ event, top }: { readonly event: RunEventLine; readonly top?: number }): ReactNode {
  const { tone, table, text: said } = wordsOf(event.what);
  const ToneIcon = ICONS[tone];
  return (
    <div className="event-line" style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}>
      <span className="data faint" title={event.time}>
        {formatExactTime(event.time)}
      </span>
      {table === '' ? null : (
        <span className="medium">
          <MiddleEllipsis text={table} />
        </span>
      )}
      <span className={table === '' ? 'row of-run' : 'row'}>
        {ToneIcon === null ? null : <ToneIcon size={14} className={`tone-${tone}`} />}
        <span className={top === undefined ? '' : 'ellipsis'} title={said}>
          {said}
        </span>
      </span>
    </div>
  );
}
