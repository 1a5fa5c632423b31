/** A row of the catalog's own statements, as text. */
export type TextRow = readonly (string | null)[];

/** The driver's values of a row. Statements that are read this way ask for numbers and texts only. */
export function textRow(values: readonly unknown[]): TextRow {
  return values.map((value) => {
    if (value === null || value === undefined) return null;
    return typeof value === 'string' ? value : `${value as number}`;
  });
}
