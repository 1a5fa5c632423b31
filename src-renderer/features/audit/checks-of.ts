import type { VerifyFacts } from '../../../src-shared/contract/parts.ts';
import { weightOf } from '../../components/evidence/broken-words.ts';
import type { text } from '../../text/text.ts';

/** `unreached`: what came before it did not hold, so it was never looked at, or nobody can tell. */
export type CheckState = 'ok' | 'open' | 'bad' | 'unreached';

export interface Check {
  readonly id: keyof typeof text.audit.check;
  readonly state: CheckState;
}

/** The findings that speak against a check, and those after which verification does not come to it. */
interface Rule {
  readonly id: Check['id'];
  readonly against: readonly string[];
  readonly stops: readonly string[];
  /** Speaks against it only where verification came to its end: else it only says that it did not. */
  readonly atTheEnd?: readonly string[];
}

const FOLDER = ['PATH_UNSAFE', 'PATH_LINK', 'PATH_SPECIAL', 'PATH_COLLISION', 'TOO_MANY_FILES'];
const FILES = ['FILE_MISSING', 'FILE_EXTRA', 'FILE_OVERSIZE', 'FILE_MISMATCH'];
const CHECKPOINT = ['CHECKPOINT_INVALID', 'VKEY_INVALID'];
const FOLLOW = ['ENTRY_INVALID', 'ENTRY_OUT_OF_ORDER', 'ENTRY_CHANGED', 'LEDGER_TRUNCATED', 'LEDGER_START_INVALID'];
const PAPERS = [
  ...['RUN_FILE_MISMATCH', 'PROOF_MISMATCH', 'STATEMENT_INVALID'],
  ...['STATEMENT_MISMATCH', 'LEAF_INVALID', 'MANIFEST_MISMATCH', 'PROOF_INVALID', 'DESCRIPTOR_INVALID'],
];
/** Without a ledger's files, or with ones that are no files, none of its entries is looked at. */
const NO_LEDGER = ['CHECKPOINT_INVALID', 'FILE_MISSING', 'PATH_LINK', 'PATH_SPECIAL'];

const LEDGER_RULES: readonly Rule[] = [
  { id: 'checkpoint', against: CHECKPOINT, stops: ['FILE_MISSING', 'PATH_LINK', 'PATH_SPECIAL'] },
  { id: 'entriesFollow', against: FOLLOW, stops: NO_LEDGER },
  { id: 'order', against: ['ENTRY_REPEATED', 'TIME_REVERSED'], stops: [...NO_LEDGER, ...FOLLOW] },
  { id: 'root', against: ['ROOT_MISMATCH'], stops: [...NO_LEDGER, ...FOLLOW] },
];

const RULES: Readonly<Record<VerifyFacts['kind'], readonly Rule[]>> = {
  ledger: LEDGER_RULES,
  bundle: [
    { id: 'bag', against: [...FOLDER, ...FILES, 'BAG_INVALID'], stops: [] },
    ...LEDGER_RULES,
    {
      id: 'papers',
      against: PAPERS,
      stops: [...NO_LEDGER, ...FOLLOW, 'VKEY_INVALID'],
      atTheEnd: ['PACKAGE_UNRECORDED', 'RUN_FILE_UNRECORDED'],
    },
  ],
  package: [
    { id: 'files', against: [...FOLDER, ...FILES], stops: ['STATEMENT_INVALID', 'VKEY_INVALID'] },
    { id: 'lists', against: ['SUMS_INVALID', 'SUMS_MISMATCH', 'DESCRIPTOR_INVALID', 'DESCRIPTOR_MISMATCH'], stops: [] },
    {
      id: 'statement',
      against: ['STATEMENT_INVALID', 'STATEMENT_MISMATCH', 'VKEY_INVALID'],
      stops: ['FILE_MISSING', 'FILE_OVERSIZE'],
    },
    {
      id: 'seal',
      against: ['LEAF_INVALID', 'MANIFEST_MISMATCH', 'PROOF_INVALID', 'PROOF_MISMATCH'],
      stops: ['FILE_MISSING', 'FILE_OVERSIZE', 'VKEY_INVALID'],
    },
  ],
};

/**
 * What verification looked at and how each came out, read off its findings. Nothing is called good that it may not have
 * come to, or that stands among findings that are not listed.
 */
export function checksOf(result: VerifyFacts): readonly Check[] {
  const codes = new Set(result.findings.map(({ code }) => code));
  const broken = result.findings.filter((one) => weightOf(one) === 'broken').map(({ code }) => code);
  const hidden = codes.has('MORE_FINDINGS') && broken.length > 0;
  const explained = new Set([
    ...RULES[result.kind].flatMap(({ against, atTheEnd = [] }) => [...against, ...atTheEnd]),
    'SIGNER_MISMATCH',
    ...ANCHORS,
  ]);
  // A finding that no rule knows speaks against all of them.
  const unknown = broken.some((code) => !explained.has(code));
  const stateOf = ({ against, stops, atTheEnd = [] }: Rule): CheckState => {
    if (against.some((code) => codes.has(code))) return 'bad';
    if (hidden || unknown || stops.some((code) => codes.has(code))) return 'unreached';
    return atTheEnd.some((code) => codes.has(code)) ? 'bad' : 'ok';
  };
  return [
    ...RULES[result.kind].map((rule) => ({ id: rule.id, state: stateOf(rule) })),
    { id: 'key', state: keyState(codes, result.signer) },
    { id: 'anchor', state: anchorState(codes) },
  ];
}

const ANCHORS = ['ANCHOR_INVALID', 'ANCHOR_MISMATCH', 'ANCHOR_BEYOND_LEDGER'];

function keyState(codes: ReadonlySet<string>, signer: string | null): CheckState {
  if (codes.has('SIGNER_MISMATCH')) return 'bad';
  if (codes.has('SIGNER_UNPINNED')) return 'open';
  return signer === null ? 'unreached' : 'ok';
}

function anchorState(codes: ReadonlySet<string>): CheckState {
  if (ANCHORS.some((code) => codes.has(code))) return 'bad';
  return codes.has('NOT_ANCHORED') ? 'open' : 'ok';
}
