import { textAt, type PlanDocument, type PlanPath } from './plan-document.ts';
import { tableLabel } from './table-pattern.ts';

/** The place of `path` for people: `limits.connections`, `public.customers: masks.email`, `entry 2 of deliver: target`. */
export function spokenPath(document: PlanDocument, path: PlanPath): string {
  if (path.length === 0) return 'The plan';
  const table = tableAt(document, path);
  return table === undefined ? spoken(path) : [table, spoken(path.slice(2))].filter((part) => part !== '').join(': ');
}

/** The table or query that a path below `tables` speaks of, as the plan writes it; undefined where it says nothing of it. */
export function tableAt(document: PlanDocument, [top, index]: PlanPath): string | undefined {
  if (top !== 'tables' || typeof index !== 'number') return undefined;
  const text = (...rest: PlanPath) => textAt(document, ['tables', index, ...rest]);
  const [namespace, name] = [text('table', 0), text('table', 1)];
  if (namespace !== undefined && name !== undefined) return shortened(tableLabel({ namespace, name }));
  const written = text('table') ?? text('name') ?? '';
  return written === '' ? undefined : shortened(written);
}

function spoken(path: PlanPath): string {
  return path.reduce<string>((text, step, at) => {
    if (typeof step === 'number') return `entry ${step + 1} of ${text}`;
    if (text === '') return shortened(step);
    return typeof path[at - 1] === 'number' ? `${text}: ${shortened(step)}` : `${text}.${shortened(step)}`;
  }, '');
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
