/** Closes an exhaustive switch: the compiler proves that no case is left. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected variant: ${JSON.stringify(value)}`);
}
