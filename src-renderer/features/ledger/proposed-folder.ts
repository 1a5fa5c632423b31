/** A folder of the day in the person's documents; the separator is the one of that path. */
export function proposedFolder(documents: string, now: Date): string {
  const separator = documents.includes('\\') ? '\\' : '/';
  const two = (figure: number): string => String(figure).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${documents.replace(/[\\/]$/, '')}${separator}waybill-audit-${day}`;
}
