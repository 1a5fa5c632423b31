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
  unknown: 'unknown',
  rows: (count: string) => `${count} rows`,
  tables: (count: number) => (count === 1 ? '1 table' : `${count} tables`),
} as const;
