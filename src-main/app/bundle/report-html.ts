import { createHash } from 'node:crypto';
import { htmlText } from './html-text.ts';
import type { RunStories, RunStory } from './run-story.ts';

export interface ReportFacts {
  readonly origin: string;
  readonly vkey: string;
  readonly fingerprint: string;
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  readonly stories: RunStories;
  /** What is not in the bundle, one sentence each. */
  readonly absent: readonly string[];
}

const STYLE = `
body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; margin: .3rem 0; }
th, td { border: 1px solid #bbb; padding: .25rem .5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; unicode-bidi: isolate; }
th[scope=row] { width: 8rem; } pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #bbb; padding: .5rem; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } h3, tr { break-inside: avoid; } h3 { break-after: avoid; } }
`;

/** Only this page's own style: no script, nothing fetched, nothing sent, whatever a name in the ledger holds. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What stays out of reach of any ledger kept on the machine it watches. */
const LIMITS = [
  'Changes made after the newest outside anchor by somebody who holds the key of the ledger.',
  'Exports made with other tools, or with a changed copy of this program.',
  'False content: a purpose that is not the real one, a borrowed login of the operating system.',
  'Everything that happened before the key became known to you by another way than this folder.',
  'A clock that was constantly wrong, as no outside authority confirmed the times.',
  'Agreement between all who took part: those who ran, those who approved, and those who keep checkpoints.',
];

/** report.html: who exported what, when, from where, to where, how many rows, under which masks, with which outcome. */
export function reportHtml(facts: ReportFacts): string {
  const { stories, origin } = facts;
  const runs = stories.runs.map(runSection).join('');
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${htmlText(POLICY).replaceAll('&#39;', "'")}">
<meta name="viewport" content="width=device-width">
<title>Audit report: ${htmlText(origin)}</title><style>${STYLE}</style></head><body>
<h1>Audit report</h1>
<p>Made from the ledger in this folder for people to read. This page is not signed: the ledger decides, and README.txt says
how to check it without this program. The ledger is tamper-evident: it shows changes to those who know its public key
or hold an older checkpoint; it does not prevent them.</p>
${stories.throwAway ? '<p><strong>The key of this ledger is a throw-away, made for a demonstration: this is no evidence.</strong></p>' : ''}
${facets([
  ['Ledger', origin],
  ['Entries', String(stories.size)],
  ['Key', facts.vkey],
  ['Fingerprint', `${facts.fingerprint} (compare it with the one you received another way)`],
])}
<h2>Runs (${stories.runs.length})</h2>
${runs === '' ? '<p>Nothing was exported.</p>' : runs}
<h2>Other entries</h2>
${grid(
  ['Type', 'Entries', 'First', 'Last'],
  [...stories.others].map(([type, { count, first, last }]) => [type, String(count), first, last]),
)}
<p>Each entry is a line of entries.csv.</p>
<h2>Not in this folder</h2>
${list(facts.absent.length === 0 ? ['Nothing is missing: all recorded files of runs and packages were found.'] : facts.absent)}
<h2>What this cannot show</h2>
${list(LIMITS)}
<h2>Signed head of the ledger</h2>
<pre>${htmlText(facts.checkpoint.trimEnd()).replaceAll('[U+000A]', '\n')}</pre>
</body></html>
`;
}

function runSection(story: RunStory): string {
  const tables = grid(['Table', 'Rows in the source', 'Written', 'Read back', 'Verdict'], story.tables);
  const unsaid = story.started === '' ? 'exported by another ledger' : 'no end is recorded';
  const outcome = story.outcome || unsaid;
  return `<h3>${htmlText(story.plan || 'Run')}: ${htmlText(outcome)}</h3>
${facets([
  ['Run', story.run],
  ['Who', story.who],
  ['What', story.plan === '' ? '' : `plan ${story.plan}`],
  ['Purpose', story.purpose],
  ['When', `${story.started || '?'} to ${story.ended || '?'}`],
  ['From', story.from],
  ...optional('Goes on with', story.goesOnWith),
  ...optional('Gone on with by', story.goneOnBy.map((run) => `run ${run}`).join(', ')),
  ...story.reading,
  ...optional('Let pass', story.consents.join('; ')),
  ['To', story.to.join('; ') || 'nowhere'],
  ['Rows', story.rows || 'none recorded'],
  ['Masks', story.masks.join('; ') || 'none'],
  ['Outcome', outcome],
  ['Entries', story.entries.join(', ')],
])}
${story.tables.length === 0 ? '' : tables}
`;
}

const optional = (name: string, value: string): readonly (readonly [string, string])[] =>
  value === '' ? [] : [[name, value]];

function facets(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${htmlText(value)}</td></tr>`);
  return `<table>${lines.join('\n')}</table>`;
}

function grid(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${htmlText(cell)}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${htmlText(item)}</li>`).join('\n')}</ul>`;
}
