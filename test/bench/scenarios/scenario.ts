import type { MeasuredCommand } from '../measure.ts';

/** One way to get the table into a file. */
export interface Contender {
  readonly name: string;
  /** The command line and the form of what it writes, for the report. */
  readonly shown: string;
  readonly version: string;
  /** Name of the contender it is measured by; absent: the first of its scenario. */
  readonly beside?: string;
  /** Name of the contender that is put beside it in words: how many times faster it is. */
  readonly compared?: string;
  /** Of it alone; absent: the bench's. */
  readonly rounds?: number;
  /** It writes so many times the rows that the bench is made for; 0: they are not what counts. Absent: once. */
  readonly times?: number;
  command(): MeasuredCommand;
  /** The file that it has written; absent: its rows are not the table's as they are, and are not compared. */
  readonly rows?: () => string[][];
  /** Where what it wrote lies: removed after each run. */
  readonly out: string;
}

/** How much time there is. */
export interface Effort {
  /** What is slow to be had, or to run, is left out. */
  readonly quick: boolean;
}

/** Contenders on one table of one server. */
export interface Scenario extends AsyncDisposable {
  readonly title: string;
  /** At most; absent: the bench's. */
  readonly rounds?: number;
  /** Makes the table anew, with so many rows. */
  fill(rows: number): Promise<void>;
  /** The first is what the others are measured by, unless they say another. */
  readonly contenders: readonly Contender[];
}
