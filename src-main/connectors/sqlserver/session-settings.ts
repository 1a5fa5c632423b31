/** Settings of a reading session: what would move bytes or drop rows is fixed, what would hurt others is bounded. */

/** One batch; run through SQL batch, not through a procedure, at whose end the settings would be forgotten. */
export const sessionSettings = (lockTimeoutMs: number): string =>
  [
    // First, since it sets DATEFORMAT and DATEFIRST too.
    'set language us_english',
    'set dateformat ymd',
    'set datefirst 7',
    // Indexed views and computed columns are only used under these, and they are what the standard says.
    'set ansi_nulls on',
    'set ansi_padding on',
    'set ansi_warnings on',
    'set arithabort on',
    'set concat_null_yields_null on',
    'set quoted_identifier on',
    'set numeric_roundabort off',
    // A server may be set to cut long values and results.
    'set textsize 2147483647',
    'set rowcount 0',
    'set nocount on',
    'set implicit_transactions off',
    'set cursor_close_on_commit off',
    // An error in one read is not to take the snapshot with it.
    'set xact_abort off',
    `set lock_timeout ${lockTimeoutMs}`,
    // Who is chosen when sessions wait for each other: we are.
    'set deadlock_priority low',
    'set transaction isolation level read committed',
  ].join('\n');
