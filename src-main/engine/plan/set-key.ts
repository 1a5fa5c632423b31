import { isScalar, type Node, type Pair, type YAMLMap } from 'yaml';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { yamlScalar } from './yaml-scalar.ts';
import * as splice from './yaml-splice.ts';

interface KeyToSet {
  readonly key: string;
  /** null: the key goes. */
  readonly value: string | splice.Addition | null;
}

/** Sets, adds or takes out a key of a map. */
export function setKey(body: string, map: YAMLMap, { key, value: given }: KeyToSet): splice.Splice {
  const value = typeof given === 'string' ? { flow: given } : given;
  const position = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const pair = map.items[position] as Pair<Node, Node | null> | undefined;
  if (pair === undefined) {
    if (value === null) throw unfit();
    return splice.addPair(body, map, { key: yamlScalar(key), value });
  }
  return value === null ? splice.removePair(body, map, position) : splice.replaceValue(body, pair, value.flow);
}

/** The edit does not fit the file. */
export function unfit(): Error {
  return appError('PLAN/INVALID', {
    message: 'The plan has no entry that this edit could change.',
    remedy: 'Read the plan again; it may have changed.',
  });
}
