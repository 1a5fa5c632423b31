/** The nonce of this page's policy: styles that are made at run time carry it, or the browser drops them. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
