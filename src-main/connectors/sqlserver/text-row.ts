/** A row of the catalog's own statements, as text. */
export type TextRow = readonly (string | null)[];

/** The driver's values of a row. Statements that are read this way ask for integers, bits and texts only. */
export function textRow(columns: readonly { readonly value: unknown }[]): TextRow {
  return columns.map(({ value }) => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean') return value ? '1' : '0';
    return typeof value === 'string' ? value : `${value as number | bigint}`;
  });
}
