import { describe, expect, it } from 'vitest';
import type { Core } from '../../../src-main/app/core.ts';
import { readConnectionUrl } from '../../../src-main/app/read-url.ts';
import { compose } from '../../../src-main/compose.ts';

const core = { registries: compose.registries() } as Core;
const read = (url: string) => readConnectionUrl(core, url);

describe('a connection URL', () => {
  it.each([
    [
      'postgres://app_ro:s%40fe@db.example:5433/shop?sslmode=verify-ca&sslrootcert=/etc/ca.pem&application_name=x',
      'postgres',
      { user: 'app_ro', host: 'db.example', port: '5433', database: 'shop', tls: 'verify-ca', ca: '/etc/ca.pem' },
      's@fe',
      ['application_name'],
    ],
    ['postgresql+psycopg2://app@[::1]/shop', 'postgres', { user: 'app', host: '::1', database: 'shop' }, null, []],
    ['postgresql://%2Frun%2Fpg/shop', 'postgres', { host: '/run/pg', database: 'shop' }, null, []],
    [
      'postgresql:///shop?host=/run/pg&user=app',
      'postgres',
      { host: '/run/pg', database: 'shop', user: 'app' },
      null,
      [],
    ],
    ['postgres://a@h/d?sslmode=prefer', 'postgres', { user: 'a', host: 'h', database: 'd' }, null, []],
    ['postgres://a@h/d?sslmode=sometimes', 'postgres', { user: 'a', host: 'h', database: 'd' }, null, ['sslmode']],
    [
      'jdbc:mariadb://db:3307/shop?user=app&password=pw&sslMode=verify-full',
      'mysql',
      { host: 'db', port: '3307', database: 'shop', user: 'app', tls: 'verify-full' },
      'pw',
      [],
    ],
    [
      'mysql://root:50%@db/shop?ssl-mode=VERIFY_IDENTITY',
      'mysql',
      { user: 'root', host: 'db', database: 'shop', tls: 'verify-full' },
      '50%',
      [],
    ],
    ['mysql://u:p@ss@db/shop', 'mysql', { user: 'u', host: 'db', database: 'shop' }, 'p@ss', []],
    [
      'sqlserver://sa:p%40ss@db:1444/shop?encrypt=true&trustServerCertificate=true&x=y',
      'sqlserver',
      { user: 'sa', host: 'db', port: '1444', database: 'shop', tls: 'require' },
      'p@ss',
      ['x'],
    ],
    ['mssql://db/shop?encrypt=false', 'sqlserver', { host: 'db', database: 'shop', tls: 'disable' }, null, []],
    [
      'jdbc:sqlserver://db.example:1433;databaseName=shop;user=sa;password={p;a@ss};encrypt=strict',
      'sqlserver',
      { host: 'db.example', port: '1433', database: 'shop', user: 'sa', tds: '8.0' },
      'p;a@ss',
      [],
    ],
    [
      'jdbc:sqlserver://db\\SQL1;databaseName=shop',
      'sqlserver',
      { host: 'db', database: 'shop', instance: 'SQL1' },
      null,
      [],
    ],
    ['sqlserver://db/shop?encrypt=strict', 'sqlserver', { host: 'db', database: 'shop', tds: '8.0' }, null, []],
    [
      'jdbc:oracle:thin:@//db.example:1522/shop.example.com',
      'oracle',
      { host: 'db.example', port: '1522', service: 'shop.example.com' },
      null,
      [],
    ],
    [
      'jdbc:oracle:thin:scott/"ti@ger"@db.example:1521:ORCL',
      'oracle',
      { user: 'scott', host: 'db.example', port: '1521', sid: 'ORCL' },
      'ti@ger',
      [],
    ],
    [
      'jdbc:oracle:thin:@tcps://[::1]/shop?wallet_location=/w&ssl_server_dn_match=no&x=1',
      'oracle',
      { host: '::1', service: 'shop', wallet: '/w', tls: 'verify-ca' },
      null,
      ['x'],
    ],
    [
      'jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=tcps)(HOST=db)(PORT=1522))\n(CONNECT_DATA=(SID=A)))',
      'oracle',
      { connectString: '(DESCRIPTION=(ADDRESS=(PROTOCOL=tcps)(HOST=db)(PORT=1522))\n(CONNECT_DATA=(SID=A)))' },
      null,
      [],
    ],
    [
      'jdbc:oracle:thin:@shop_high?TNS_ADMIN=/srv/wallet',
      'oracle',
      { connectString: 'shop_high', configFolder: '/srv/wallet' },
      null,
      [],
    ],
    ['oracle://scott@db:1522/shop', 'oracle', { user: 'scott', host: 'db', port: '1522', service: 'shop' }, null, []],
    ['sqlite:////srv/a%20b.db', 'sqlite', { file: '/srv/a b.db' }, null, []],
    ['file:/srv/shop.db', 'sqlite', { file: '/srv/shop.db' }, null, []],
  ])('%s', (url, connector, options, password, ignored) => {
    expect(read(url)).toEqual({ connector, options, password, ignored });
  });

  it.each([
    'jdbc:oracle:thin:hunter2',
    'https://u:hunter2@example.com/',
    'hunter2',
    'postgres:',
    'postgres://h:99999/hunter2',
  ])('says nothing of what it cannot read: %s', (url) => {
    const attempt = (): unknown => read(url);
    if (url === 'postgres:') return expect(read(url).options).toEqual({});
    expect(attempt).toThrow(expect.objectContaining({ code: 'CONNECTION/URL_UNREADABLE' }) as Error);
    expect(attempt).not.toThrow(/hunter2/);
  });
});
