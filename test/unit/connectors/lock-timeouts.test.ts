import { describe, expect, it } from 'vitest';
import { sessionSettings as mysqlSettings } from '../../../src-main/connectors/mysql/session-settings.ts';
import { lockStatement } from '../../../src-main/connectors/oracle/hold-tables.ts';
import { sessionSettings as postgresSettings } from '../../../src-main/connectors/postgres/session-settings.ts';
import { sessionSettings as sqlserverSettings } from '../../../src-main/connectors/sqlserver/session-settings.ts';

describe('the time that a lock is waited for', () => {
  it('is what the plan says, in the unit of each product, and never shorter', () => {
    const { values } = postgresSettings({ statementTimeoutMs: 0, lockTimeoutMs: 1500 });
    expect(values[values.indexOf('lock_timeout') + 1]).toBe('1500');
    const mysql = mysqlSettings({ statementTimeoutMs: 0, lockTimeoutMs: 1500, isMariadb: true }).join(';');
    expect(mysql).toContain(' lock_wait_timeout = 2,');
    expect(mysql).toContain('innodb_lock_wait_timeout = 2,');
    expect(sqlserverSettings(1500)).toContain('set lock_timeout 1500');
    expect(lockStatement({ namespace: 'A', name: 'B' }, 1500)).toMatch(/ wait 2$/);
  });

  it('is five seconds where the plan says nothing, and within what a product takes', () => {
    expect(postgresSettings({ statementTimeoutMs: 0 }).values).toContain('5000');
    const most = { statementTimeoutMs: 0, lockTimeoutMs: 2_147_483_647, isMariadb: false };
    expect(mysqlSettings({ ...most, lockTimeoutMs: 9e12 }).join(';')).toContain('lock_wait_timeout = 31536000');
    expect(mysqlSettings(most).join(';')).toContain('lock_wait_timeout = 2147484');
  });
});
