/** A type as sys.columns describes it. Lengths are bytes; -1: max. */
export interface StoredType {
  readonly name: string;
  readonly maxLength: number;
  readonly precision: number;
  readonly scale: number;
  /** `schema.name` of the alias type the column was declared with; null: of the base type itself. */
  readonly alias: string | null;
}

const BY_LENGTH = new Set(['char', 'varchar', 'binary', 'varbinary']);
const BY_CHARACTERS = new Set(['nchar', 'nvarchar']);
const BY_SCALE = new Set(['time', 'datetime2', 'datetimeoffset']);

/** The type as the server spells it in its own descriptions: `decimal(10,2)`, `nvarchar(max)`, `varchar(20) as dbo.phone`. */
export function nativeTypeOf(type: StoredType): string {
  const alias = type.alias === null ? '' : ` as ${type.alias}`;
  return `${type.name}${parenthesesOf(type)}${alias}`;
}

function parenthesesOf({ name, maxLength, precision, scale }: StoredType): string {
  if (name === 'decimal' || name === 'numeric') return `(${precision},${scale})`;
  if (BY_SCALE.has(name)) return `(${scale})`;
  if (BY_LENGTH.has(name)) return maxLength < 0 ? '(max)' : `(${maxLength})`;
  if (BY_CHARACTERS.has(name)) return maxLength < 0 ? '(max)' : `(${maxLength / 2})`;
  return '';
}
