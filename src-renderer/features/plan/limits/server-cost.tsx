import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { DEFAULT_LIMITS } from '../../../../src-shared/model/limit-rules.ts';
import { SectionHead } from '../../../components/section-head.tsx';
import { useFacts } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState, StepProps } from '../plan-editor.ts';

const words = text.planLimits.cost;

/** What the run asks of the server with these limits, in plain words. */
export function ServerCost({ editor }: StepProps): ReactNode {
  const { connectors } = useFacts();
  const traits = connectors.find(({ id }) => id === editor.connection?.connector)?.traits ?? {};
  const lines = costLines(editor.plan, traits);
  return (
    <section className="limits-cost" aria-label={words.label}>
      <SectionHead title={words.title} />
      {/* It scrolls, so it is reached by keyboard. */}
      <div className="scroll grow" tabIndex={0}>
        <dl className="limits-lines">
          {lines.map(([what, sentence]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{sentence}</dd>
            </div>
          ))}
        </dl>
        <Button variant="text" className="limits-parts" onClick={() => editor.goTo('package')}>
          {words.toParts}
        </Button>
      </div>
    </section>
  );
}

type Plan = PlanEditorState['plan'];
type Line = readonly [what: string, sentence: string];

function costLines(plan: Plan, traits: Readonly<Record<string, unknown>>): readonly Line[] {
  const { connections = DEFAULT_LIMITS.connections, pauseMinutes = DEFAULT_LIMITS.pauseMinutes } = plan.limits ?? {};
  const { rowsPerSecond = 0, bytesPerSecond = 0, window } = plan.limits ?? {};
  const shares = traits['sharesSnapshots'];
  const readers = typeof shares === 'string' ? connections : 1;
  const pace = { rows: rowsPerSecond, bytes: bytesPerSecond };
  const cost = traits['snapshotCost'];
  return [
    ...(typeof cost === 'string' ? [[words.snapshot, cost] as const] : []),
    [words.readers(readers), readersOf(connections, traits)],
    [words.pace, rowsPerSecond === 0 && bytesPerSecond === 0 ? words.free : words.throttled(pace)],
    [words.hours, window === undefined ? words.allDay : words.window(window)],
    [words.pause, pauseMinutes === 0 ? words.noPause : words.pauseFor(pauseMinutes, readers)],
    ...(traits['network'] === false ? [] : [[words.lost, shares === 'by name' ? words.replaced : words.ends] as const]),
    [words.parts, partsOf(plan)],
  ];
}

function readersOf(connections: number, traits: Readonly<Record<string, unknown>>): string {
  const shares = traits['sharesSnapshots'];
  if (connections === 1) return words.one;
  // There is no server that could export a snapshot of a file.
  if (shares === 'by name' && traits['network'] === false) return words.ofFile(connections);
  if (shares === 'by name') return words.byName(connections);
  return shares === 'by hold' ? words.byHold(connections) : words.alone;
}

function partsOf({ package: pack }: Plan): string {
  const chunk = pack?.chunk;
  if (chunk === undefined) return words.partsNone;
  return 'rows' in chunk ? words.partsRows(chunk.rows) : words.partsBytes(chunk.bytes);
}
