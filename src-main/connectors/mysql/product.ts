/** How the server names itself, from its version text. */
export function productOf(version: string): 'MariaDB' | 'MySQL' {
  return /mariadb/i.test(version) ? 'MariaDB' : 'MySQL';
}
