import type { SchemaNote } from '../../../../src-shared/model/table-schema.ts';

/** A text as comment lines: whatever it holds, it cannot end the comment. */
export function commentLines(text: string, mark = '--'): readonly string[] {
  return text.split(/\r\n|[\r\n\u0085\u2028\u2029]/).map((line) => `${mark} ${visible(line)}`.trimEnd());
}

/** One line: line breaks are shown as `\n`. */
export function commentLine(text: string, mark = '--'): string {
  return `${mark} ${visible(text.replaceAll('\r', '\\r').replaceAll('\n', '\\n'))}`.trimEnd();
}

// Control characters and those that turn the direction of writing could hide what a line says.
function visible(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export interface HeadFacts {
  /** What the script does, in one sentence. */
  readonly does: string;
  /** How it is run, one command a line. */
  readonly run: readonly string[];
  readonly notes: readonly SchemaNote[];
  readonly mark?: string;
}

/** The comment that a script begins with: what it is, how it is run, and what is not as it was. */
export function scriptHead({ does, run, notes, mark = '--' }: HeadFacts): readonly string[] {
  const listed = notes.map(({ table, text }) => commentLine(`  ${table === null ? '' : `${table}: `}${text}`, mark));
  return [
    commentLine(does, mark),
    mark,
    commentLine('Run it inside the folder of the package:', mark),
    ...run.map((command) => commentLine(`  ${command}`, mark)),
    ...(listed.length === 0 ? [] : [mark, commentLine('Not as in the source:', mark), ...listed]),
    '',
  ];
}
