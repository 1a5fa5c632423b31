import { readingWords, told, type Told } from '../../../src-shared/model/reading.ts';
import type { Entry } from '../../../src-shared/proof/entry.ts';
import { isJsonObject } from '../../../src-shared/proof/parse-json.ts';
import { Moments } from '../evidence/moments.ts';
import { jsonText } from './json-text.ts';

/** What the ledger says of one run, in the words of a report. */
export interface RunStory {
  readonly run: string;
  who: string;
  plan: string;
  purpose: string;
  started: string;
  ended: string;
  from: string;
  masks: readonly string[];
  /** How the reading went: hours, pauses, moments; only what there is to tell. */
  reading: readonly Told[];
  /** Runs that went on with it. */
  readonly goneOnBy: string[];
  /** The run that it goes on with, and what of it is kept. */
  goesOnWith: string;
  /** What a person let pass by starting it. */
  consents: readonly string[];
  /** Table, rows of the source, written, read back, verdict. */
  tables: readonly (readonly string[])[];
  to: string[];
  rows: string;
  /** Empty while no entry says how it ended. */
  outcome: string;
  /** Entries that speak of it. */
  readonly entries: number[];
}

/** Gathers the runs of a ledger from its entries, and counts all others by their type. */
export class RunStories {
  readonly #runs = new Map<string, RunStory>();
  readonly #moments = new Map<string, Moments>();
  readonly #others = new Map<string, { count: number; first: string; last: string }>();
  #size = 0;
  #throwAway = false;

  get runs(): readonly RunStory[] {
    return [...this.#runs.values()];
  }

  get others(): ReadonlyMap<string, { readonly count: number; readonly first: string; readonly last: string }> {
    return this.#others;
  }

  get size(): number {
    return this.#size;
  }

  get throwAway(): boolean {
    return this.#throwAway;
  }

  see(entry: Entry): void {
    this.#size++;
    if (entry.kind === 'seal') {
      this.#story(entry.run).entries.push(entry.seq);
      return;
    }
    const { type, time, data, seq } = entry;
    if (seq === 0 && data['throwAway'] === true) this.#throwAway = true;
    const run = jsonText(data, 'correlation');
    if (run !== '' && /^(?:export|delivery)\./.test(type)) {
      const story = this.#story(run);
      story.entries.push(seq);
      if (type === 'export.started') tellStart(story, time, data);
      else if (type === 'export.resumed') this.#resumed(story, data);
      else if (type.startsWith('export.')) this.#ended(story, { type, time, data });
      else story.to.push(deliveryText({ type, time, data }));
      return;
    }
    const { count = 0, first = time } = this.#others.get(type) ?? {};
    this.#others.set(type, { count: count + 1, first, last: time });
  }

  #resumed(story: RunStory, data: Data): void {
    const resumes = jsonText(data, 'resumes');
    this.#story(resumes).goneOnBy.push(story.run);
    story.goesOnWith = resumptionText(resumes, data);
    this.#moments.set(story.run, momentsOf(data));
  }

  #ended(story: RunStory, end: Ended): void {
    tellEnd(story, end);
    const moments = this.#moments.get(story.run) ?? new Moments();
    const snapshot = jsonText(end.data, 'snapshot');
    story.reading = [
      ...told('Moments', moments.words(snapshot === '' && end.type !== INTERRUPTED ? null : snapshot)),
      // An entry that another process wrote for it says nothing of its hours.
      ...(end.type === INTERRUPTED ? story.reading : readingWords(end.data)),
    ];
  }

  #story(run: string): RunStory {
    const known = this.#runs.get(run);
    if (known !== undefined) return known;
    const texts = { who: '', plan: '', purpose: '', started: '', ended: '', from: '', rows: '' };
    const lists = { masks: [], reading: [], goneOnBy: [], consents: [], tables: [], to: [], entries: [] };
    const story = { run, ...texts, ...lists, goesOnWith: '', outcome: '' };
    this.#runs.set(run, story);
    return story;
  }
}

type Data = Readonly<Record<string, unknown>>;

/** Its process died: nobody wrote down what it had read, and in which snapshot. */
const INTERRUPTED = 'export.interrupted';

function tellStart(story: RunStory, time: string, data: Data): void {
  const at = jsonText(data, 'host', 'name');
  story.who = jsonText(data, 'actor', 'osUser') + (at === '' ? '' : ` on ${at}`);
  story.plan = jsonText(data, 'plan', 'name');
  story.purpose = jsonText(data, 'purpose');
  story.started = time;
  story.reading = readingWords(data);
  story.consents = listOf(data, 'consents', String);
  const { source } = data;
  const [engine, version] = [jsonText(source, 'engine'), jsonText(source, 'version')];
  const parts = [
    ['connection', jsonText(source, 'connection')],
    ['database', jsonText(source, 'database')],
    ['as', jsonText(source, 'dbUser')],
    ['in', `${engine} ${version}`.trim()],
  ].flatMap(([name = '', value = '']) => (value === '' ? [] : [`${name} ${value}`]));
  const production = jsonText(source, 'production') === 'true' ? ' (production)' : '';
  const objects = isJsonObject(source) ? listOf(source, 'objects', String) : [];
  story.from = `${parts.join(', ')}${production}${objects.length === 0 ? '' : `: ${objects.join(', ')}`}`;
  story.masks = listOf(data, 'transforms', (item) => {
    const kind = jsonText(item, 'class');
    return `${jsonText(item, 'column')}: ${jsonText(item, 'method')}${kind === '' ? '' : ` (${kind})`}`;
  });
}

function resumptionText(resumes: string, data: Data): string {
  const count = jsonText(data, 'keptTotal') || String(itemsOf(data, 'kept').length);
  const finished = `${count} finished ${count === '1' ? 'table' : 'tables'}`;
  const parts = itemsOf(data, 'keptParts').map(
    (item) => `${partsText(jsonText(item, 'parts'), jsonText(item, 'of'))} of ${jsonText(item, 'name')}`,
  );
  const more =
    jsonText(data, 'keptPartsTotal') === '' ? [] : [`… of ${jsonText(data, 'keptPartsTotal')} tables in all`];
  const kept = [...(count === '0' && parts.length > 0 ? [] : [finished]), ...parts, ...more];
  return `run ${resumes}; kept of it, hashed anew: ${kept.join(', ')}`;
}

/** `3 of 7 parts`; parts of a size are not counted before all is read. */
const partsText = (parts: string, of: string): string =>
  of === '' ? `${parts} ${parts === '1' ? 'part' : 'parts'}` : `${parts} of ${of} parts`;

/** Of which moments a run is that goes on with another; lists that an entry cuts tell what they hold. */
function momentsOf(data: Data): Moments {
  const moments = new Moments();
  for (const item of itemsOf(data, 'kept')) moments.addTable(jsonText(item, 'name'), item);
  for (const item of itemsOf(data, 'keptParts')) {
    const name = jsonText(item, 'name');
    for (const by of isJsonObject(item) ? itemsOf(item, 'readBy') : []) {
      moments.addParts(name, by, { parts: Number(jsonText(by, 'parts')), of: Number(jsonText(item, 'of')) });
    }
  }
  return moments;
}

const itemsOf = (data: Data, name: string): readonly unknown[] =>
  Array.isArray(data[name]) ? (data[name] as unknown[]) : [];

interface Ended {
  readonly type: string;
  readonly time: string;
  readonly data: Data;
}

function tellEnd(story: RunStory, { type, time, data }: Ended): void {
  story.ended = time;
  const state = jsonText(data, 'state') || type.replace('export.', '');
  const error = jsonText(data, 'error');
  story.outcome = error === '' ? state : `${state} (${error}${ERRORS[error] ?? ''})`;
  story.plan ||= jsonText(data, 'plan', 'name');
  story.rows = jsonText(data, 'volume', 'rows');
  const name = jsonText(data, 'destination', 'name');
  if (name !== '') story.to.push(`${jsonText(data, 'destination', 'kind')} ${name}`.trim());
  const tables = isJsonObject(data) && Array.isArray(data['tables']) ? (data['tables'] as unknown[]) : [];
  story.tables = tables.map((table) => [
    jsonText(table, 'name'),
    ...['source', 'written', 'reread'].map((count) => jsonText(table, count) || '?'),
    jsonText(table, 'verdict'),
  ]);
  const total = jsonText(data, 'tablesTotal');
  if (total !== '') story.tables = [...story.tables, [`${total} tables in all`, '', '', '', '']];
}

/** What codes of a run's end mean that are no failure. */
const ERRORS: Readonly<Record<string, string>> = {
  'RUN/WINDOW_CLOSED': ': its hours were over; what was whole was kept',
  'RUN/CANCELLED': ': a person stopped it',
};

function deliveryText({ type, time, data }: { type: string; time: string; data: Data }): string {
  const error = jsonText(data, 'error');
  const parts = [
    type,
    jsonText(data, 'target'),
    jsonText(data, 'destination', 'uri'),
    error && `(${error})`,
    `at ${time}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** A list of an entry; a long one is cut in the entry itself, which says how many there were. */
function listOf(data: Data, name: string, show: (item: unknown) => string): readonly string[] {
  const list = data[name];
  const total = jsonText(data, `${name}Total`);
  const shown = Array.isArray(list) ? (list as unknown[]).map(show) : [];
  return total === '' ? shown : [...shown, `… ${total} in all`];
}
