/** A plan that writes whole tables for another database. */
export function migrationPlan(target: string, tables: readonly (readonly [string, string])[]): string {
  return `waybill: 1
name: round-trip
purpose: round trip
connection: shop
tables:
${tables.map((table) => `  - table: ${JSON.stringify(table)}\n`).join('')}format: { type: csv }
migrate: ${target}
`;
}
