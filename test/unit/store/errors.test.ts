import { describe, expect, it } from 'vitest';
import { databaseError, readError, writeError } from '../../../src-main/store/errors.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';

const failing = (code: string) => Object.assign(new Error(`${code}: no`), { code });

describe('errors of the disk', () => {
  it.each([
    ['ENOSPC', 'SPOOL/DISK_FULL'],
    ['EDQUOT', 'SPOOL/DISK_FULL'],
    ['EACCES', 'SPOOL/FOLDER_UNWRITABLE'],
    ['EPERM', 'SPOOL/FOLDER_UNWRITABLE'],
    ['EROFS', 'SPOOL/FOLDER_UNWRITABLE'],
    ['EEXIST', 'SPOOL/EXISTS'],
    ['ENOTEMPTY', 'SPOOL/EXISTS'],
    ['EIO', 'SPOOL/WRITE_FAILED'],
    ['EMFILE', 'SPOOL/WRITE_FAILED'],
  ])('while writing: %s is %s', (system, code) => {
    expect(writeError(failing(system), '/x')).toMatchObject({ code, context: { path: '/x', system } });
  });

  it.each([
    ['ENOENT', 'SPOOL/ABSENT'],
    ['EACCES', 'SPOOL/READ_DENIED'],
    ['EIO', 'SPOOL/READ_FAILED'],
  ])('while reading: %s is %s', (system, code) => {
    expect(readError(failing(system), '/x').code).toBe(code);
  });

  it.each([
    [13, 'SPOOL/DISK_FULL'],
    [778, 'SPOOL/WRITE_FAILED'],
    [14, 'SPOOL/WRITE_FAILED'],
    [8, 'SPOOL/FOLDER_UNWRITABLE'],
  ])('in a database of ours: %s is %s', (errcode, code) => {
    const error = Object.assign(new Error('no'), { code: 'ERR_SQLITE_ERROR', errcode });
    expect(databaseError(error, '/x')).toMatchObject({ code, context: { path: '/x' } });
  });

  it('leave a mistake in a statement what it is', () => {
    const error = Object.assign(new Error('syntax'), { code: 'ERR_SQLITE_ERROR', errcode: 1 });
    expect(databaseError(error, '/x')).toBe(error);
  });

  it('are translated once', () => {
    const known = appError('SPOOL/DISK_FULL', { message: 'Full.' });
    expect(writeError(known, '/x')).toBe(known);
  });
});
