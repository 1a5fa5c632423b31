import type { Core } from '../../app/core.ts';
import type { Verifier } from '../../app/trusted-keys.ts';
import type { CliIo } from './cli-io.ts';
import type { Output } from './output.ts';

/** One flag of a command. `text` takes a value, `switch` does not. */
export interface FlagSpec {
  readonly kind: 'text' | 'switch';
  /** One line of help. */
  readonly help: string;
  /** How the value is called in help: `FILE`, `N`. */
  readonly value?: string;
  /** May be given several times. */
  readonly many?: boolean;
}

/** What a command gets. */
export interface Invocation {
  readonly positionals: readonly string[];
  readonly flags: Flags;
  readonly output: Output;
  readonly signal: AbortSignal;
  /** Calls back whenever a person wants the run paused, or no longer paused; the result ends that. */
  readonly onPauseSignal: (act: () => void) => () => void;
  /** The core of the home that was asked for; made at first use. */
  readonly core: () => Promise<Core>;
  readonly io: CliIo;
  /** For commands that only read: they make no home and open no vault. */
  readonly verifier: Verifier;
  /** A core on a home for one demonstration, whose keys live in memory. */
  readonly demoCore: (root: string) => Promise<{ readonly core: Core; close(): Promise<void> }>;
}

/** Flags as given, read through accessors that know what was declared. */
export interface Flags {
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  has(name: string): boolean;
}

/** A command of the command line; `run` returns the exit code. */
export interface Command {
  /** Words: `['plan', 'check']`. */
  readonly path: readonly string[];
  readonly summary: string;
  /** Paragraphs of help below the summary: what a person has to know before using it. */
  readonly details?: readonly string[];
  /** Positionals as shown in help: `FILE`, `[CONNECTION]`. */
  readonly usage: string;
  readonly positionals: { readonly min: number; readonly max: number };
  readonly flags: Readonly<Record<string, FlagSpec>>;
  readonly example: string;
  readonly run: (invocation: Invocation) => Promise<number>;
}
