import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseOptions } from '../../../src-main/app/option-fields.ts';
import { connectors } from '../../../src-main/connectors/registry.ts';
import { targets } from '../../../src-main/targets/registry.ts';

const schema = z.strictObject({
  host: z.string().min(1).meta({ title: 'Host', flag: 'host' }),
  port: z.coerce.number().int().min(1).max(65_535).default(22).meta({ title: 'Port', flag: 'port' }),
  hostKey: z.string().regex(/^S/, 'must look like S').optional().meta({ title: 'Host key', flag: 'host-key' }),
  user: z.string().meta({ title: 'User', flag: 'user' }),
});

function said(options: unknown): [string, string | undefined] {
  try {
    parseOptions(schema, options, 'CONNECTION/OPTION_INVALID');
    return ['nothing', undefined];
  } catch (error) {
    const { message, remedy } = error as { message: string; remedy?: string };
    return [message, remedy];
  }
}

describe('options that are refused', () => {
  it('name the option, what was given and what is allowed', () => {
    expect(said({ host: 'h', user: 'u', port: '99999' })).toEqual([
      'The option port must be a whole number from 1 to 65\u00a0535 (given: "99999").',
      'Change it; on the command line: --port.',
    ]);
    expect(said({ host: 'h', user: 'u', hostKey: 'x' })[1]).toContain('--host-key');
  });

  it('name every required option that is missing', () => {
    expect(said({ port: 5 })).toEqual([
      'The options host and user are missing.',
      'Give them; on the command line: --host, --user.',
    ]);
    expect(said({ host: 'h' })[0]).toBe('The option user is missing.');
  });

  it('give the nearest name for an unknown option', () => {
    expect(said({ hots: 'h', user: 'u' })).toEqual(['There is no option "hots" here.', 'Did you mean host?']);
  });
});

it.each([...connectors, ...targets].map((adapter) => [adapter.id, adapter] as const))(
  'options of %s are refused in plain words',
  (_, adapter) => {
    for (const port of ['0', '70000', 'x', '']) {
      for (const options of [{ port }, { host: '', port, database: 5, user: '', path: '', file: '' }, 7]) {
        const refused = () => parseOptions(adapter.options, options, 'CONNECTION/OPTION_INVALID');
        expect(refused).toThrow(/^(The option|There is no option)/);
        expect(refused).not.toThrow(/Invalid|Too (big|small)|expected|undefined/);
      }
    }
  },
);
