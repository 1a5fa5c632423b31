/**
 * What the lexer for the operator's SQL must know of a product's lexical rules: data, no product names. Where a rule
 * depends on a server setting, the connector fixes that setting in its session and states here what it fixed.
 */
export interface LexerTraits {
  /** Opening characters of quoted names; closed by their partner, which is doubled inside. */
  readonly nameQuotes: readonly ('"' | '`' | '[')[];
  /** Opening characters of strings; closed by themselves, doubled inside. */
  readonly stringQuotes: readonly ("'" | '"')[];
  /** Where a backslash takes the next character's meaning: in no string, in every string, or only in `E'…'`. */
  readonly backslash: 'never' | 'always' | 'e-strings';
  /** `U&"…"` and `U&'…'` exist: refused, since they spell names and text in a second way. */
  readonly unicodeQuotes: boolean;
  /** `q'[…]'` is a string. */
  readonly alternativeQuotes: boolean;
  /** `$tag$…$tag$` is a string. */
  readonly dollarQuotes: boolean;
  /** `#` begins a comment to the end of the line. */
  readonly hashComments: boolean;
  /** `--` begins a comment always, or only before a blank or control character. */
  readonly dashComments: 'always' | 'before-blank';
  /** Block comments nest. */
  readonly nestedComments: boolean;
  /** Comments that begin with one of these after the slash and star are run by the server: refused. */
  readonly executableComments: readonly string[];
  /** `[` outside names is a bracket: subscripts and array constructors. */
  readonly subscripts: boolean;
  /** First words of a query that only reads, lower case. */
  readonly queryStarts: readonly string[];
  /**
   * Characters refused outside quotes and comments, e.g. the driver's own placeholder. A colon among them: one that begins
   * no parameter of ours.
   */
  readonly refusedCharacters: string;
  /** Words refused outside quotes and comments, lower case: they write although they stand in a query. */
  readonly refusedWords: ReadonlySet<string>;
  /** Functions refused by name, quoted or not, lower case: they act on the server although they stand in a query. */
  readonly refusedFunctions: ReadonlySet<string>;
}
