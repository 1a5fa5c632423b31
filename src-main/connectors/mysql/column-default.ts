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
}

/** What COLUMN_DEFAULT means; undefined: no more than NULL. */
export function readDefault({ text, extra, quotes }: DefaultFacts): ColumnDefault | undefined {
  if (text === null) return undefined;
  const isExpression = quotes || /\bdefault_generated\b/i.test(extra) || NOW.test(text);
  if (!isExpression) return { kind: 'literal', text };
  if (/^null$/i.test(text)) return undefined;
  const quoted = /^'((?:[^'\\]|''|\\.)*)'$/s.exec(text);
  if (quoted !== null) return { kind: 'literal', text: unescaped(quoted[1] ?? '') };
  if (NUMBER.test(text)) return { kind: 'literal', text };
  if (NOW.test(text)) return { kind: 'now' };
  if (TODAY.test(text)) return { kind: 'today' };
  if (UUID.test(text)) return { kind: 'uuid' };
  return { kind: 'other', text };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', '0': '\0', Z: '\x1a' };

function unescaped(text: string): string {
  return text.replace(/''|\\(.)/gs, (_all, escaped: string | undefined) =>
    escaped === undefined ? "'" : (ESCAPES[escaped] ?? escaped),
  );
}
