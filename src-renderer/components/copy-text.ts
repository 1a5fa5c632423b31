/** Puts text on the clipboard. A browser that refuses says so by itself. */
export function copyText(text: string): void {
  void navigator.clipboard.writeText(text);
}
