/**
 * The same object, which throws where something is asked of it that the double does not have: code that uses more of
 * Electron than is doubled fails in the test, rather than going on with `undefined`.
 */
export function strictly<T extends object>(name: string, doubled: T): T {
  return new Proxy(doubled, {
    get(target, key) {
      if (typeof key === 'string' && !(key in target) && key !== 'then' && key !== 'toJSON') {
        throw new Error(`The Electron double has no ${name}.${key}.`);
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' && !isClass(value) ? (value.bind(target) as unknown) : value;
    },
  });
}

function isClass(value: object): boolean {
  return Function.prototype.toString.call(value).startsWith('class');
}
