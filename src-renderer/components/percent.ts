/** A share 0…1 for people: `62 %`. Never 100 before all is done. */
export function formatPercent(share: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, share)) * 100)}\u00a0%`;
}
