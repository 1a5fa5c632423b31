/** What a package holds besides its tables (docs/spec/package.md). */
export const PACKAGE_PAPERS: readonly string[] = [
  'datapackage.json',
  'SHA256SUMS',
  'delivery.dsse.json',
  'delivery.tlog-proof',
  'delivery.vkey',
  'ledger-entry.json',
];
