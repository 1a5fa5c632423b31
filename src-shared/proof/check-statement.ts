import { openEnvelope } from './dsse.ts';
import type { FindingLog } from './finding-log.ts';
import type { ProofPrimitives } from './primitives.ts';
import { parseDeliveryStatement, STATEMENT_PAYLOAD_TYPE, type DeliveryStatement } from './statement.ts';
import type { VerifierKey } from './vkey.ts';

/** Opens delivery.dsse.json under the signer's key and says what it says of its tables. */
export function checkStatement(
  primitives: ProofPrimitives,
  file: { bytes: Uint8Array; path: string; signer: VerifierKey },
  log: FindingLog,
): DeliveryStatement | undefined {
  const { bytes, path, signer } = file;
  const payload = openEnvelope(primitives, bytes, { payloadType: STATEMENT_PAYLOAD_TYPE, known: [signer] });
  const statement = payload.ok ? parseDeliveryStatement(payload.value) : payload;
  if (!statement.ok) {
    log.add('STATEMENT_INVALID', `The statement does not hold. ${statement.reason}`, { path });
    return undefined;
  }
  const lacking = statement.value.tables.filter(({ verdict }) => verdict === 'incomplete').map(({ name }) => name);
  // What is whole can still lack something, whatever name its folder has by now.
  if (lacking.length > 0)
    log.add('PACKAGE_INCOMPLETE', `The package lacks what failed: ${namesOf(lacking)}.`, { path });
  for (const { name, verdict, why } of statement.value.tables) {
    const because = why === undefined ? '' : ` ${why}`;
    if (verdict === 'incomplete') log.add('TABLE_INCOMPLETE', `The table ${name} is not complete.${because}`, { path });
    if (verdict === 'unproven')
      log.add('TABLE_UNPROVEN', `The table ${name} is not proved complete.${because}`, { path });
  }
  return statement.value;
}

const MAX_NAMES = 20;

function namesOf(tables: readonly string[]): string {
  const more = tables.length - MAX_NAMES;
  return `${tables.slice(0, MAX_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
