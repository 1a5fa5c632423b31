import { resolve } from 'node:path';
import { exitCodeOfVerdict } from '../../../../src-shared/proof/verdict.ts';
import { counted } from '../../../../src-shared/util/format-number.ts';
import { packageStory } from '../../../app/evidence/package-story.ts';
import { trustedKeys } from '../../../app/trusted-keys.ts';
import { folderOver, verifyPath, type PlaceResult } from '../../../app/verify-path.ts';
import type { Command, Invocation } from '../command.ts';
import type { Output } from '../output.ts';

export const verifyCommand: Command = {
  path: ['verify'],
  summary: 'Checks a package, an audit bundle or a ledger, offline; writes nothing.',
  details: [
    'VERIFIED: everything holds, the signer is one you pinned, and an outside anchor covers it. CONSISTENT, NOT ANCHORED: everything holds, and one of these is missing; the findings say which. BROKEN: anything else; exit code 9. Of a home, its ledgers are checked, and the worst verdict counts.',
    'Of a package it also tells, where there is something to tell, how it was read: hours, pauses, lost connections, and tables that an earlier run had read in a snapshot of its own (`story` in --json).',
    'The verdict is about integrity: a package of a run in which tables failed can be whole. It says so itself: the finding PACKAGE_INCOMPLETE names the tables it lacks.',
  ],
  usage: 'PATH',
  positionals: { min: 1, max: 1 },
  flags: {
    key: { kind: 'text', value: 'VKEY|FILE', help: 'the signer must be this key' },
    'require-key': { kind: 'switch', help: 'an unknown signer is a failure' },
    'require-anchor': { kind: 'switch', help: 'a missing outside anchor is a failure' },
  },
  example: 'waybill verify ./crm-migration-01JD0000000000000000000000 --key partner.vkey',
  run: async ({ flags, io, output, positionals, verifier }) => {
    const key = flags.text('key');
    const place = resolve(io.cwd, positionals[0] ?? '');
    const result = await verifyPath({
      path: place,
      reader: verifier.reader,
      trusted: await trustedKeys(verifier),
      ...(key === undefined ? {} : { key }),
      cwd: io.cwd,
    });
    const story = await storyOf(verifier, place, result);
    output.result(story.length === 0 ? result : { ...result, story }, () => {
      showVerdict(result, output);
      for (const { about, text } of story) output.detail(`  ${about}: ${text}`);
    });
    return exitCodeOfVerdict(result, {
      requireKey: flags.has('require-key'),
      requireAnchor: flags.has('require-anchor'),
    });
  },
};

/** How a package came about; of one that does not hold nothing is repeated. */
async function storyOf(
  { reader }: Invocation['verifier'],
  place: string,
  { kind, verdict }: PlaceResult,
): Promise<readonly { readonly about: string; readonly text: string }[]> {
  if (kind !== 'package' || verdict === 'BROKEN') return [];
  return (await packageStory(folderOver(reader, place))).map(([about, text]) => ({ about, text }));
}

/** The verdict and its findings, for a person. */
export function showVerdict(result: PlaceResult, output: Output): void {
  if (result.ledgers !== undefined) {
    output.line(`${result.verdict}  (${counted(result.ledgers.length, 'ledger')})`);
    for (const ledger of result.ledgers) showVerdict(ledger, output);
    return;
  }
  output.line(`${result.verdict}  (${result.kind}${result.size === undefined ? '' : `, ledger size ${result.size}`})`);
  if (result.path !== undefined && !output.quiet) output.exact(`in ${result.path}`);
  if (result.signer !== null && !output.quiet) output.exact(`signed by ${result.signer}`);
  const decides = result.verdict === 'BROKEN';
  for (const finding of result.findings) {
    const where = finding.path ?? (finding.seq === undefined ? '' : `entry ${finding.seq}`);
    const text = `  ${finding.code}${where === '' ? '' : ` ${where}`}: ${finding.message}`;
    // What broke it belongs to the result.
    if (decides) output.line(text);
    else output.detail(text);
  }
}
