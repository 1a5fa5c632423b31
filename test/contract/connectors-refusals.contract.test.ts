// What a person reads when a connection does not come about: where it was to lead, as whom, and why not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { freePort } from '../servers/free-port.ts';
import { openSession } from './connectors/reads.ts';
import type { ConnectorPlace } from './connectors/rig.ts';
import { RIGGED } from './connectors/rigs.ts';

const NETWORKED = RIGGED.filter(({ connector }) => connector.traits.network);

describe.each(NETWORKED)('a connection of $title that does not come about', ({ connector, rig }) => {
  let place: ConnectorPlace;
  beforeAll(async () => {
    place = await rig.start();
  });
  afterAll(() => place.stop());

  const refused = async (how: Parameters<typeof openSession>[2]): Promise<{ message: string; remedy: string }> => {
    const error: unknown = await openSession(connector, place, how).then(
      () => null,
      (failure: unknown) => failure,
    );
    return error as { message: string; remedy: string };
  };

  it('names host and port, and that nobody takes connections there', async () => {
    const port = await freePort();
    const { message, remedy } = await refused({ options: { port } });
    expect(message).toBe(
      `The server at 127.0.0.1:${port} cannot be reached: it refused the connection (ECONNREFUSED).`,
    );
    expect(remedy).toMatch(/port/);
  });

  it('names a host whose name is not known', async () => {
    const { message, remedy } = await refused({ options: { host: 'nowhere.invalid' } });
    expect(message).toMatch(
      /^The server at nowhere\.invalid:\d+ cannot be reached: .*\bname\b.* \((ENOTFOUND|EAI_AGAIN)\)\.$/,
    );
    expect(remedy).toMatch(/name/);
  });

  it('names a socket that is not there', async () => {
    const { message } = await refused({ options: { host: '/nowhere' } });
    expect(message).toBe('The server at the socket /nowhere cannot be reached: there is no such socket (ENOENT).');
  });

  it('names the user that was refused, and no password', async () => {
    const { message, remedy } = await refused({ password: new SecretText('c4nary') });
    expect(message).toMatch(
      new RegExp(
        `^The server at 127\\.0\\.0\\.1:\\d+ refused the login of ${String(place.connection['user'])} \\(.*\\)\\.$`,
      ),
    );
    expect(`${message} ${remedy}`).not.toContain('c4nary');
    const none = await refused({ password: null });
    expect(none.message).toContain(` ${String(place.connection['user'])}`);
  });

  it('says that the certificate comes from an authority nobody told it to trust', async () => {
    const { message, remedy } = await refused({ options: { tls: 'verify-full' } });
    expect(message).toMatch(/^The server at 127\.0\.0\.1:\d+ .*certificate.*authority/);
    expect(remedy).toMatch(/--ca/);
  });
});
