/** How the server names itself, by its edition. */
export function productOf(engineEdition: string | null): string {
  if (engineEdition === '5') return 'Azure SQL Database';
  if (engineEdition === '8') return 'Azure SQL Managed Instance';
  return 'Microsoft SQL Server';
}
