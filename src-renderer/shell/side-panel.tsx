import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { useSettings } from '../rpc/core-context.tsx';
import { useWorkbench } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { partsOf } from './sections.tsx';

const USUAL_WIDTH = 224;
const MIN_WIDTH = 180;
const MAX_WIDTH = 520;
const KEY_STEP = 16;

const within = (width: number): number => Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(width)));

/** The panel beside the rail; its width is remembered. */
export function SidePanel(): ReactNode {
  const section = useWorkbench((state) => state.section);
  const { settings, change } = useSettings();
  const width = settings.panels['side'] ?? USUAL_WIDTH;
  const Side = partsOf(section)?.side;
  const resize = (to: number): void => void change({ panels: { ...settings.panels, side: within(to) } });
  // Keys may come faster than the width is drawn: each goes on from the last one.
  const wished = useRef(width);
  useEffect(() => {
    wished.current = width;
  }, [width]);
  const step = (by: number): void => {
    wished.current = within(wished.current + by);
    resize(wished.current);
  };
  return (
    <aside className="side" style={{ width }} aria-label={text.shell.sections[section]}>
      <Suspense fallback={null}>{Side === undefined ? null : <Side />}</Suspense>
      <div
        className="resize-handle"
        role="slider"
        tabIndex={0}
        aria-label={text.shell.resizeSide}
        aria-orientation="horizontal"
        aria-valuemin={MIN_WIDTH}
        aria-valuemax={MAX_WIDTH}
        aria-valuenow={width}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') step(-KEY_STEP);
          if (event.key === 'ArrowRight') step(KEY_STEP);
        }}
        onPointerDown={(event) => {
          const handle = event.currentTarget;
          const offset = width - event.clientX;
          handle.setPointerCapture(event.pointerId);
          const move = (moved: PointerEvent): void => {
            handle.parentElement?.style.setProperty('width', `${within(moved.clientX + offset)}px`);
          };
          handle.addEventListener('pointermove', move);
          handle.addEventListener(
            'pointerup',
            (done) => {
              handle.removeEventListener('pointermove', move);
              resize((done as PointerEvent).clientX + offset);
            },
            { once: true },
          );
        }}
      />
    </aside>
  );
}
