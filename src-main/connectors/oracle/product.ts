/** How the server names itself. */
export const PRODUCT = 'Oracle Database';
