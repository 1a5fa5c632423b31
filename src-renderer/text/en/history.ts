import { counted } from '../../../src-shared/util/format-number.ts';

export const history = {
  title: 'History',
  open: 'History of a plan',
  ofPlan: 'History of this plan',
  plan: 'Plan',
  runs: (count: number) => counted(count, 'run'),
  reading: 'Reading the history',
  unit: 'Count in',
  rows: 'Rows',
  bytes: 'Bytes',
  span: 'Runs to show',
  last: (count: string) => `Last ${count}`,
  all: 'All',
  shown: (shown: string, all: string) => `The newest ${shown} of ${all} runs are shown.`,
  measures: { duration: 'Duration', volume: 'Volume', throughput: 'Throughput' },
  median: (value: string) => `median ${value}`,
  spoken: (measure: string, low: string, high: string) =>
    `${measure} over time, from ${low} to ${high}; each run with its figures is in the table below.`,
  spokenNothing: (measure: string) => `${measure} over time: no run has figures.`,
  legend: {
    whole: 'whole run',
    other: 'another number of tables than the newest whole run',
    open: 'not whole',
    unknown: 'no figures known',
  },
  table: 'Runs',
  tableHint: 'the same figures; rates count what the run read itself, from its start to its package',
  state: 'State',
  goesOn: 'goes on',
  resumes: (run: string) => `Goes on with run ${run}`,
  openRun: 'Open run',
} as const;
