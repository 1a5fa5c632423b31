/** A conversion on the server, in a style where the type has several. */
export function convert(type: string, value: string, style: number | null): string {
  return `convert(${type}, ${value}${style === null ? '' : `, ${style}`})`;
}
