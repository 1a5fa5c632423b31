// How a session of Oracle looks at others of its run. Run on the double of its driver: what it shows of V$SESSION is nothing
// but that it is asked by the statement of the golden file loads.sql, with the numbers bound.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { oracle } from '../../../../src-main/connectors/oracle/index.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { knownStatement } from '../../../fakes/oracle/golden-statements.ts';
import { ServerFault } from '../../../fakes/oracle/server-fault.ts';
import { startOracleStandIn } from '../../../fakes/oracle/stand-in.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { makeCertificates } from '../../../servers/certificates.ts';

const signal = new AbortController().signal;

it.each([true, false])('a look of Oracle on the double reads waits and blockers (may it: %s)', async (mayLook) => {
  using folder = new TempFolder();
  const { certFile, keyFile } = await makeCertificates(folder.path, 'loopback', null);
  const bound: unknown[] = [];
  const answers: Readonly<Record<string, readonly unknown[][]>> = {
    'session-settings': [],
    'own-number': [['21:4711']],
    loads: [['21:4711', 9000, 'Application', 'enq: TM - contention', 8000.5, 33]],
  };
  await using standIn = await startOracleStandIn({
    ...{ user: 'waybill', password: 'secret', service: 'shop' },
    certificate: { cert: readFileSync(certFile), key: readFileSync(keyFile) },
    open: () => ({
      hasTransaction: false,
      run: (text, values) => {
        const name = knownStatement(text)?.name ?? '';
        if (name === 'loads') bound.push(values['p1']);
        if (name === 'loads' && !mayLook) throw new ServerFault('ORA-00942', 'table or view does not exist');
        return answers[name] ?? [];
      },
      describe: () => [],
      close: () => undefined,
    }),
  });
  const options = oracle.options.parse({
    ...{ host: '127.0.0.1', port: standIn.port, user: 'waybill', service: 'shop', tls: 'disable' },
  });
  const limits = { signal, applicationName: 'waybill test', statementTimeoutMs: 0 };
  await using session = await oracle.open(options, new SecretText('secret'), limits);
  expect(await session.others?.number(signal)).toBe('21:4711');
  const looking = session.others?.look(['21:4711'], signal);
  if (mayLook) {
    expect(await looking).toEqual([
      {
        ...{ number: '21', statementMs: 9000, blockedBy: ['session 33'] },
        wait: { kind: 'lock', name: 'enq: TM - contention', forMs: 8001 },
      },
    ]);
  } else {
    await expect(looking).rejects.toMatchObject({
      ...{ code: 'SOURCE/PERMISSION_DENIED', message: 'The login may not see what its own sessions wait for.' },
      remedy: expect.stringContaining('SELECT on SYS.V_$SESSION') as string,
    });
  }
  expect(bound).toEqual([',21:4711,']);
});
