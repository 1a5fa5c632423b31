import { randomBytes } from 'node:crypto';
import { appError, bug } from '../../src-shared/errors/app-error.ts';
import { canonicalJson } from '../../src-shared/proof/canonical-json.ts';
import { MAX_ENTRY_BYTES, NO_PREVIOUS, parseEntry } from '../../src-shared/proof/entry.ts';
import { toHex } from '../../src-shared/util/hex.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import type { LedgerHome } from './ledger-home.ts';
import type { TreeState } from './tree-state.ts';

export interface EventContent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface SealContent {
  readonly run: string;
  readonly manifest: string;
}

/** The line (without LF) of an entry that follows `state` at `now`. */
export function entryLine(
  home: Pick<LedgerHome, 'installation' | 'facts' | 'clock'>,
  place: { readonly state: TreeState; readonly now: Date },
  content: EventContent | SealContent,
): Uint8Array {
  const { state, now } = place;
  const core = {
    id: uuidV7(now),
    time: now.toISOString(),
    seq: state.frontier.size,
    prev: state.lastLeaf ?? NO_PREVIOUS,
  };
  if (!('type' in content)) return checkedLine({ ...core, run: content.run, manifest: content.manifest });
  const { boot, ...who } = home.facts;
  return checkedLine({
    ...core,
    specversion: '1.0',
    source: `urn:waybill:installation:${home.installation}`,
    type: content.type,
    datacontenttype: 'application/json',
    data: { ...content.data, ...who, mono: { boot, ms: Math.round(home.clock.monotonicMs()) } },
  });
}

/** Nothing is written that verification would refuse. */
function checkedLine(value: Readonly<Record<string, unknown>>): Uint8Array {
  const line = utf8(canonicalJson(value));
  if (line.length > MAX_ENTRY_BYTES) {
    throw appError('LEDGER/ENTRY_TOO_LARGE', {
      message: `An entry of the ledger would have ${line.length} bytes; ${MAX_ENTRY_BYTES} are allowed.`,
      remedy: 'Please report this; long lists belong into files whose digest the entry holds.',
      context: { bytes: line.length },
    });
  }
  const parsed = parseEntry(line);
  if (!parsed.ok) throw bug(`an entry that verification would refuse (${parsed.reason})`);
  return line;
}

/** RFC 9562 §5.7: 48 bits of Unix milliseconds, version, 74 random bits. */
function uuidV7(now: Date): string {
  const bytes = new Uint8Array(randomBytes(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(now.getTime() / 2 ** 32));
  view.setUint32(2, now.getTime() % 2 ** 32);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = toHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
