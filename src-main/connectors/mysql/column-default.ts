import type { ColumnDefault } from '../../../src-shared/model/catalog-definition.ts';

const NOW = /^(?:current_timestamp|now|localtimestamp)(?:\(\d?\))?$/i;
const TODAY = /^\(?(?:curdate\(\)|current_date(?:\(\))?)\)?$/i;
const UUID = /^\(?uuid\(\)\)?$/i;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

export interface DefaultFacts {
  /** COLUMN_DEFAULT. */
  readonly text: string | null;
  /** EXTRA. */
  readonly extra: string;
  /** Texts stand in quotes and expressions are expressions; the other product writes texts as they are. */
  readonly quotes: boolean;
  /** The column holds bytes. */
  readonly isBytes: boolean;
}

/** What COLUMN_DEFAULT means; undefined: no more than NULL. */
export function readDefault(facts: DefaultFacts): ColumnDefault | undefined {
  const { text, extra, quotes } = facts;
  if (text === null) return undefined;
  const isExpression = quotes || /\bdefault_generated\b/i.test(extra) || NOW.test(text);
  if (!isExpression) return constant(text, facts);
  if (/^null$/i.test(text)) return undefined;
  const quoted = /^'((?:[^'\\]|''|\\.)*)'$/s.exec(text);
  if (quoted !== null) return constant(unescaped(quoted[1] ?? ''), facts);
  if (NUMBER.test(text)) return { kind: 'literal', text };
  if (NOW.test(text)) return { kind: 'now' };
  if (TODAY.test(text)) return { kind: 'today' };
  if (UUID.test(text)) return { kind: 'uuid' };
  return { kind: 'other', text };
}

/**
 * A constant, where the server shows what it is. Its catalog has no characters beyond U+FFFF and no bytes that are no characters: each is a
 * question mark there. The other product shows bytes as a number.
 */
function constant(value: string, { text, quotes, isBytes }: DefaultFacts): ColumnDefault {
  const isSure = isBytes ? quotes && PRINTABLE.test(value) : !value.includes('\0');
  return isSure && !value.includes('?') ? { kind: 'literal', text: value } : { kind: 'other', text: text ?? '' };
}

const PRINTABLE = /^[\x20-\x7e]*$/;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', '0': '\0', Z: '\x1a' };

function unescaped(text: string): string {
  return text.replace(/''|\\(.)/gs, (_all, escaped: string | undefined) =>
    escaped === undefined ? "'" : (ESCAPES[escaped] ?? escaped),
  );
}
