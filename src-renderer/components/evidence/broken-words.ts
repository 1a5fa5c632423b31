import type { VerifyFacts } from '../../../src-shared/contract/parts.ts';
import { FINDING_CATALOG, type FindingWeight } from '../../../src-shared/proof/finding-catalog.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';

export type Finding = VerifyFacts['findings'][number];

/** What a finding does to the verdict; an unknown one is taken seriously. */
export function weightOf({ code }: Finding): FindingWeight {
  return (FINDING_CATALOG as Readonly<Record<string, FindingWeight>>)[code] ?? 'broken';
}

/** The first entry that is known to be wrong; null: none is, or the damage is not one of an entry. */
export function firstBadEntry({ verdict, findings }: VerifyFacts): number | null {
  if (verdict !== 'BROKEN') return null;
  const wrong = findings
    .filter((one) => weightOf(one) === 'broken')
    .flatMap(({ seq }) => (seq === undefined ? [] : [seq]));
  return wrong.length === 0 ? null : Math.min(...wrong);
}

/** Why it is broken, in a few words: the first bad entry goes before everything else. */
export function brokenWhy(result: VerifyFacts): string {
  const seq = firstBadEntry(result);
  const broken = result.findings.filter((one) => weightOf(one) === 'broken');
  const first = broken.find((one) => seq !== null && one.seq === seq) ?? broken[0];
  if (first === undefined) return '';
  const words: Readonly<Record<string, (seq: string) => string>> = text.evidence.broken;
  return words[first.code]?.(formatCount(first.seq ?? 0)) ?? first.message;
}

/** The findings in the order in which a person should read them: what breaks it by entry, then the others. */
export function inReadingOrder(findings: readonly Finding[]): readonly Finding[] {
  const rank = { broken: 0, open: 1, note: 2 };
  return findings
    .map((finding, at) => ({ finding, at }))
    .sort(
      (a, b) =>
        rank[weightOf(a.finding)] - rank[weightOf(b.finding)] ||
        (a.finding.seq ?? Infinity) - (b.finding.seq ?? Infinity) ||
        a.at - b.at,
    )
    .map(({ finding }) => finding);
}

/** The whole result as text, for a mail or a ticket. */
export function reportOf(name: string, result: VerifyFacts): string {
  const lines = inReadingOrder(result.findings).map(({ code, message, seq, path }) => {
    const where = [seq === undefined ? '' : text.evidence.whereEntry(String(seq)), path ?? ''].filter(
      (one) => one !== '',
    );
    return `${code}${where.length === 0 ? '' : ` (${where.join(', ')})`}: ${message}`;
  });
  const size = result.size === undefined ? '' : `, ${text.audit.underCheckpoint(String(result.size))}`;
  return [`${name}: ${result.verdict} (${text.audit.kinds[result.kind]}${size})`, result.signer ?? '', ...lines]
    .filter((line) => line !== '')
    .join('\n');
}
