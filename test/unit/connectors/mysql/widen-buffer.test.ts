import { expect, it } from 'vitest';
import { widenBuffer } from '../../../../src-main/connectors/mysql/widen-buffer.ts';
import type { TextRow } from '../../../../src-main/connectors/mysql/text-rows.ts';

const signal = new AbortController().signal;

/** What is sent to a server that takes packets of so many bytes and answers after so many milliseconds. */
async function sentTo(mostBytes: string, answersAfterMs: number): Promise<string[]> {
  const sent: string[] = [];
  const rows = async (sql: string): Promise<readonly TextRow[]> => {
    sent.push(sql);
    await new Promise((resolve) => setTimeout(resolve, answersAfterMs));
    return sql.includes('@@') ? [[mostBytes]] : [];
  };
  await widenBuffer({ rows }, signal);
  return sent;
}

it('sends a statement that says nothing and is long', async () => {
  const [, statement, ...more] = await sentTo('16777216', 0);
  expect([statement?.trimEnd(), more]).toEqual(['select 0', []]);
  expect(statement?.length).toBeGreaterThan(100_000);
});

it('sends none to a server that would end the connection over it, nor far away', async () => {
  expect(await sentTo('65536', 0)).toEqual(['select @@max_allowed_packet']);
  expect(await sentTo('16777216', 20)).toEqual(['select @@max_allowed_packet']);
});
