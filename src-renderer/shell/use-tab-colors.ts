import type { ConnectionColor } from '../components/marks.tsx';
import { useAnswer } from '../rpc/core-context.tsx';
import type { Tab } from '../state/workbench.ts';

/** The colour of the connection that a tab works with: of a plan's or of the table that is looked at; else none. */
export function useTabColors(): (tab: Tab) => ConnectionColor | undefined {
  const { data: connections } = useAnswer(['connections', 'list'], (core, signal) =>
    core.connections.list(undefined, { signal }),
  );
  const { data: plans } = useAnswer(['plans', 'list'], (core, signal) => core.plans.list(undefined, { signal }));
  return ({ kind, id }) => {
    if (kind !== 'plan' && kind !== 'explore') return undefined;
    const name = kind === 'explore' ? id : plans?.find(({ path }) => path === id)?.connection;
    return connections?.find((connection) => connection.name === name)?.color;
  };
}
