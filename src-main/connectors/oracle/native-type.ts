/** A type as ALL_TAB_COLS describes it. */
export interface StoredType {
  readonly name: string;
  /** The owner of a type that is not built in; null: it is. */
  readonly owner: string | null;
  /** In bytes. */
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly characters: number | null;
  /** `B` or `C`: how the length was declared; null: it is no text. */
  readonly unit: string | null;
}

const NATIONAL = new Set(['NCHAR', 'NVARCHAR2']);
const TEXTS = new Set(['CHAR', 'VARCHAR2']);

/** The type as its declaration spells it. Timestamps and intervals come with their parentheses. */
export function nativeTypeOf({ name, owner, length, precision, scale, characters, unit }: StoredType): string {
  if (name === 'XMLTYPE') return name;
  if (owner !== null) return `${owner}.${name}`;
  if (TEXTS.has(name)) return unit === 'C' ? `${name}(${characters ?? 1} CHAR)` : `${name}(${length ?? 1} BYTE)`;
  if (NATIONAL.has(name)) return `${name}(${characters ?? 1})`;
  if (name === 'RAW' || name === 'UROWID') return `${name}(${length ?? 1})`;
  if (name === 'FLOAT') return precision === null ? name : `FLOAT(${precision})`;
  if (name !== 'NUMBER') return name;
  if (precision === null) return scale === null ? name : `NUMBER(*,${scale})`;
  return scale === null || scale === 0 ? `NUMBER(${precision})` : `NUMBER(${precision},${scale})`;
}
