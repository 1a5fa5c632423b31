import type { MeasuredCommand } from '../measure.ts';

/** One way to get the table into a file. */
export interface Contender {
  readonly name: string;
  /** The command line and the form of what it writes, for the report. */
  readonly shown: string;
  readonly version: string;
  /** Name of the contender it is measured by; absent: the first of its scenario. */
  readonly beside?: string;
  command(): MeasuredCommand;
  /** The file that it has written; absent: its rows are not the table's as they are, and are not compared. */
  readonly rows?: () => string[][];
  /** Where what it wrote lies: removed after each run. */
  readonly out: string;
}

/** Contenders on one table of one server. */
export interface Scenario extends AsyncDisposable {
  readonly title: string;
  /** Makes the table anew, with so many rows. */
  fill(rows: number): Promise<void>;
  /** The first is what the others are measured by, unless they say another. */
  readonly contenders: readonly Contender[];
}
