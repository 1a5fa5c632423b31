/** Bytes of types that always have as many. */
const FIXED: Readonly<Record<string, number>> = {
  ...{ bit: 1, tinyint: 1, smallint: 2, int: 4, bigint: 8, real: 4, float: 8, date: 3, time: 5, smalldatetime: 4 },
  ...{ datetime: 8, datetime2: 8, datetimeoffset: 10, smallmoney: 4, money: 8, decimal: 17, numeric: 17 },
  uniqueidentifier: 16,
};
const PER_CHARACTER: Readonly<Record<string, number>> = {
  ...{ char: 1, varchar: 1, binary: 1, varbinary: 1, nchar: 2, nvarchar: 2 },
};

/** Most bytes that a value of the type has in an index; null: no index takes it, `nvarchar(max)` and the like. */
export function indexBytesOf(type: string): number | null {
  const [, name = '', length] = /^(\w+)(?:\((\w+)[^)]*\))?$/.exec(type) ?? [];
  const each = PER_CHARACTER[name];
  if (each !== undefined) return length === 'max' ? null : each * Number(length ?? 1);
  // The length of a hierarchyid depends on the tree.
  return name === 'hierarchyid' ? 892 : (FIXED[name] ?? null);
}

/** The type without its length, which may differ on both ends of a foreign key of texts or bytes. */
export function comparableType(type: string): string {
  return /^n?(?:var)?char\(|^(?:var)?binary\(/.test(type) ? type.replace(/\(.*$/, '') : type;
}
