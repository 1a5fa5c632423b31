import { describe, expect, it } from 'vitest';
import { verification } from '../../../src-renderer/features/connections/verification.ts';

describe('what the dialog says of encryption', () => {
  it('is about the place that is named, whatever option names it', () => {
    expect(verification({ host: 'db.example' }, false).words).toContain('host name and expiry are verified');
    expect(verification({ socket: '/run/mysqld/mysqld.sock' }, false)).toEqual({
      words: 'not encrypted; nothing leaves this machine',
      isWeak: false,
    });
    expect(verification({ service: 'shop' }, false)).toEqual({ words: 'as the service says', isWeak: false });
    expect(verification({ service: 'shop', tls: 'require' }, false).isWeak).toBe(true);
  });

  it('is encryption on this machine, too, where a client certificate is shown', () => {
    expect(verification({ host: '127.0.0.1', cert: '/c.crt' }, false).words).toContain('verified against');
  });
});
