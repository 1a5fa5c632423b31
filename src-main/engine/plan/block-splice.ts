import { isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Plan } from '../../../src-shared/model/plan.ts';
import { canonicalJson } from './json-digest.ts';
import { blockValue, type BlockEdit } from './plan-edit.ts';
import { pairOf } from './plan-document.ts';
import { setKey } from './set-key.ts';
import { yamlFlow } from './yaml-scalar.ts';
import * as splice from './yaml-splice.ts';

type Values = Readonly<Record<string, unknown>>;

interface Editing {
  readonly plan: Plan;
  readonly root: YAMLMap;
  readonly body: string;
}

/** The next step towards a block as it shall be: one key or item, so that comments beside the others stay. */
export function blockSplice(edit: BlockEdit, { plan, root, body }: Editing): splice.Splice {
  const wanted = blockValue(edit);
  const now = plan[edit.kind];
  if (Array.isArray(wanted) || Array.isArray(now)) {
    return listSplice(body, root, {
      key: edit.kind,
      wanted: Array.isArray(wanted) ? wanted : null,
      now: Array.isArray(now) ? now : null,
    });
  }
  const map = pairOf(root, edit.kind)?.value;
  if (wanted === null || !isMap(map)) {
    return setKey(body, root, { key: edit.kind, value: wanted === null ? null : yamlFlow(wanted) });
  }
  return mapStep(body, map, { now: { ...now }, wanted: { ...(wanted as object) } });
}

function mapStep(body: string, map: YAMLMap, { now, wanted }: { now: Values; wanted: Values }): splice.Splice {
  const changed = Object.keys(wanted).find(
    (key) => wanted[key] !== undefined && canonicalJson(wanted[key]) !== canonicalJson(now[key] ?? null),
  );
  // What comes, comes first: a map is never left without a key.
  if (changed !== undefined) {
    const [before, after] = [now[changed], wanted[changed]];
    const inner = pairOf(map, changed)?.value;
    if (isMap(inner) && isValues(before) && isValues(after) && hasSameKeys(before, after)) {
      return valuesSplice(body, inner, { now: before, wanted: after });
    }
    return setKey(body, map, { key: changed, value: yamlFlow(after) });
  }
  const gone = Object.keys(now).find((key) => wanted[key] === undefined) ?? '';
  return setKey(body, map, { key: gone, value: null });
}

/**
 * Other values under the same keys, such as one hour of a window: the others keep their spelling. All at once, since
 * halfway it might be no plan.
 */
function valuesSplice(body: string, map: YAMLMap, { now, wanted }: { now: Values; wanted: Values }): splice.Splice {
  const from = map.range?.[0] ?? 0;
  const to = splice.contentEnd(map);
  const own = Object.keys(wanted)
    .filter((key) => canonicalJson(wanted[key]) !== canonicalJson(now[key]))
    .map((key) => setKey(body, map, { key, value: yamlFlow(wanted[key]) }))
    .toSorted((a, b) => b.from - a.from);
  const text = own.reduce(
    (inner, each) => splice.applySplice(inner, { ...each, from: each.from - from, to: each.to - from }),
    body.slice(from, to),
  );
  return { from, to, text };
}

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasSameKeys = (one: Values, other: Values): boolean =>
  canonicalJson(Object.keys(one).toSorted()) === canonicalJson(Object.keys(other).toSorted());

interface ListToSet {
  readonly key: string;
  readonly wanted: readonly unknown[] | null;
  readonly now: readonly unknown[] | null;
}

/** The next step towards a list under a key: one item out or in; another order is written anew. */
export function listSplice(body: string, map: YAMLMap, { key, wanted, now }: ListToSet): splice.Splice {
  const seq = pairOf(map, key)?.value;
  if (wanted === null || now === null || !isSeq(seq)) {
    const block = (wanted ?? []).map((item) => `- ${yamlFlow(item)}`);
    const fits = block.length > 0 && typeof wanted?.[0] === 'object';
    const value = { flow: yamlFlow(wanted), ...(fits ? { block } : {}) };
    return setKey(body, map, { key, value: wanted === null ? null : value });
  }
  return itemStep(body, seq, { wanted: wanted.map(canonicalJson), now: now.map(canonicalJson), written: wanted });
}

function itemStep(
  body: string,
  seq: YAMLSeq,
  { wanted, now, written }: { wanted: readonly string[]; now: readonly string[]; written: readonly unknown[] },
): splice.Splice {
  const gone = now.findIndex((item) => !wanted.includes(item));
  if (gone >= 0) return splice.removeItem(body, seq, gone);
  const differs = wanted.findIndex((item, index) => now[index] !== item);
  const isNew = differs >= 0 && !now.includes(wanted[differs] ?? '');
  if (isNew) return splice.addItem(body, seq, { after: differs - 1, item: { flow: yamlFlow(written[differs]) } });
  const [from = 0] = seq.range ?? [];
  return { from, to: splice.contentEnd(seq), text: yamlFlow(written) };
}
