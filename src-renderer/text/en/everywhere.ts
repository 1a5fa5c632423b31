export const everywhere = {
  copy: 'Copy',
  tryAgain: 'Try again',
  reading: 'Reading',
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  more: 'More',
  estimate: 'estimate',
  exact: 'exact',
  exactAt: (time: string) => `exact, at ${time}`,
  counting: 'counting',
  /** Where there is little room; beside it stands when it was counted in full. */
  exactShort: (time: string) => `exact ${time}`,
  countedAt: (moment: string) => `counted ${moment}`,
  unknown: 'unknown',
  rows: (count: string) => `${count} rows`,
  tables: (count: number) => (count === 1 ? '1 table' : `${count} tables`),
} as const;
