import type { AppError } from '../../../src-shared/errors/app-error.ts';
import { text } from '../../text/text.ts';

/** Which server showed a key: `files.example:22`, and of one on the way to another which it is. */
export function hostKeyPlace({ context }: AppError): string {
  const { host, port, jump, jumps } = context;
  const words = text.targets.hostKey;
  const place = `${String(host ?? '')}:${String(port ?? '')}`;
  if (typeof jump !== 'number') return place;
  return typeof jumps === 'number' && jumps > 1 ? words.jumpHostOf(place, jump, jumps) : words.jumpHost(place);
}
