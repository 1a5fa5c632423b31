import { describeType, type LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { MaskFit } from '../../ports/mask.ts';

export type Unfit = Extract<MaskFit, { ok: false }>;
type TextType = Extract<LogicalType, { kind: 'text' }>;

/** The column's text type, or why a mask that writes text cannot take it. */
export function textTypeOf(column: ReadColumn, maskTitle: string): TextType | Unfit {
  if (column.type.kind === 'text') return column.type;
  return {
    ok: false,
    why: `${maskTitle} gives text, and ${column.name} is ${describeType(column.type)}.`,
    remedy: `Use ${column.nullable ? 'nullify, or ' : ''}constant with a value of that type, or leave the column out.`,
  };
}

/** Why a text of `characters` does not fit the type, or null when it does. */
export function tooShortFor(column: ReadColumn, type: TextType, characters: number): Unfit | null {
  if (type.maxCharacters === null || type.maxCharacters >= characters) return null;
  return {
    ok: false,
    why: `${column.name} holds at most ${type.maxCharacters} characters, and the masked value has ${characters}.`,
    remedy: `Use partial, constant with a shorter value${column.nullable ? ', or nullify' : ''}, or leave the column out.`,
  };
}
