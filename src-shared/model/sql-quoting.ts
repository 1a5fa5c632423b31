/** How a product quotes names and text: data, so that conditions can be written and read where no dialect is at hand. */
export interface SqlQuoting {
  readonly nameQuote: '"' | '`';
  /** A backslash in a string takes the next character's meaning. */
  readonly backslashEscapes: boolean;
  /** Texts are written `N'…'`: without it the server would turn them into its own code page. */
  readonly nationalTexts?: boolean;
  /** `[` in a pattern of LIKE begins a set of characters. */
  readonly likeSets?: boolean;
}
