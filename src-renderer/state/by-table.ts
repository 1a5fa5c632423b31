import type { TablePair } from '../../src-shared/contract/parts.ts';

/** Values by table. No key is made of the two names: thousands are looked up at once. */
export class ByTable<Value> {
  readonly #namespaces = new Map<string, Map<string, Value>>();

  constructor(entries: Iterable<readonly [table: TablePair, value: Value]> = []) {
    for (const [[namespace, name], value] of entries) {
      const tables = this.#namespaces.get(namespace) ?? new Map<string, Value>();
      this.#namespaces.set(namespace, tables);
      tables.set(name, value);
    }
  }

  get([namespace, name]: TablePair): Value | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  /** The tables of one namespace, by name. */
  in(namespace: string): ReadonlyMap<string, Value> {
    return this.#namespaces.get(namespace) ?? new Map<string, Value>();
  }
}
