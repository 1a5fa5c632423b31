import type { Target } from '../../ports/target.ts';
import { sftpOptions, type SftpOptions } from './options.ts';
import { openSftp } from './session.ts';

export const sftp: Target<SftpOptions> = {
  id: 'sftp',
  title: 'SFTP server',
  traits: { network: true, pinned: true },
  options: sftpOptions,
  open: openSftp,
};
