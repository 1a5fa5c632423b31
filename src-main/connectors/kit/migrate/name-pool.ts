/** What a product takes for a name. */
export interface NameRules {
  /** Most of `measure` that a name may have. */
  readonly room: number;
  readonly measure: (name: string) => number;
  /** Names that fold to the same are the same name. */
  readonly fold: (name: string) => string;
  /** Replaces what no name can hold. */
  readonly clean: (name: string) => string;
}

/** Hands out names that a product takes and tells apart, in the order they are asked for: always the same ones. */
export class NamePool {
  readonly #rules: NameRules;
  readonly #taken = new Set<string>();

  constructor(rules: NameRules) {
    this.#rules = rules;
  }

  claim(wanted: string): string {
    const clean = this.#rules.clean(wanted) || '_';
    for (let number = 1; ; number++) {
      const name = this.#fitted(clean, number === 1 ? '' : `_${number}`);
      const folded = this.#rules.fold(name);
      if (this.#taken.has(folded)) continue;
      this.#taken.add(folded);
      return name;
    }
  }

  /** Whether a name is given away already. */
  has(name: string): boolean {
    return this.#taken.has(this.#rules.fold(name));
  }

  #fitted(name: string, suffix: string): string {
    const { room, measure } = this.#rules;
    return cutName(name, (text) => measure(text + suffix) <= room) + suffix;
  }
}

/** The beginning of a name that fits, whole characters only. */
export function cutName(name: string, fits: (name: string) => boolean): string {
  const characters = Array.from(name);
  while (characters.length > 1 && !fits(characters.join(''))) characters.pop();
  return characters.join('');
}

export const utf8Length = (text: string): number => Buffer.byteLength(text);

/** Case and accents do not count. */
export const foldCaseAndAccents = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
