/**
 * Everything verification can find, and what it does to the verdict: `broken` decides it, `open` keeps it from VERIFIED,
 * `note` is said and changes nothing.
 */
export const FINDING_CATALOG = {
  // The folder
  PATH_UNSAFE: 'broken',
  PATH_LINK: 'broken',
  PATH_SPECIAL: 'broken',
  PATH_COLLISION: 'broken',
  FILE_MISSING: 'broken',
  FILE_EXTRA: 'broken',
  FILE_OVERSIZE: 'broken',
  FILE_MISMATCH: 'broken',
  TOO_MANY_FILES: 'broken',
  // The signer
  VKEY_INVALID: 'broken',
  SIGNER_MISMATCH: 'broken',
  SIGNER_UNPINNED: 'open',
  THROW_AWAY: 'note',
  // The ledger
  CHECKPOINT_INVALID: 'broken',
  ENTRY_INVALID: 'broken',
  ENTRY_OUT_OF_ORDER: 'broken',
  ENTRY_CHANGED: 'broken',
  ENTRY_REPEATED: 'broken',
  TIME_REVERSED: 'broken',
  LEDGER_START_INVALID: 'broken',
  LEDGER_TRUNCATED: 'broken',
  ROOT_MISMATCH: 'broken',
  // Outside anchors
  ANCHOR_INVALID: 'broken',
  ANCHOR_MISMATCH: 'broken',
  ANCHOR_BEYOND_LEDGER: 'broken',
  ANCHOR_OF_OTHER_LEDGER: 'note',
  NOT_ANCHORED: 'open',
  // The package
  STATEMENT_INVALID: 'broken',
  STATEMENT_MISMATCH: 'broken',
  SUMS_INVALID: 'broken',
  SUMS_MISMATCH: 'broken',
  DESCRIPTOR_INVALID: 'broken',
  DESCRIPTOR_MISMATCH: 'broken',
  LEAF_INVALID: 'broken',
  MANIFEST_MISMATCH: 'broken',
  PROOF_INVALID: 'broken',
  PROOF_MISMATCH: 'broken',
  PACKAGE_INCOMPLETE: 'note',
  PACKAGE_UNFINISHED: 'note',
  TABLE_INCOMPLETE: 'note',
  TABLE_UNPROVEN: 'note',
  // The audit bundle
  BAG_INVALID: 'broken',
  PACKAGE_UNRECORDED: 'broken',
  RUN_FILE_UNRECORDED: 'broken',
  RUN_FILE_MISMATCH: 'broken',
  RUN_FILES_ABSENT: 'note',
  PACKAGES_ABSENT: 'note',
  UNSIGNED_FILES: 'note',
  // The list of findings itself
  MORE_FINDINGS: 'note',
} as const satisfies Record<string, FindingWeight>;

export type FindingWeight = 'broken' | 'open' | 'note';

export type FindingCode = keyof typeof FINDING_CATALOG;
