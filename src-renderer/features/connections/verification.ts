import { defaultTlsMode } from '../../../src-shared/model/tls-mode.ts';
import { isLocalHost } from '../../../src-shared/util/local-host.ts';
import type { OptionTexts } from '../../forms/option-values.ts';
import { text } from '../../text/text.ts';

/** What the chosen mode, or the usual one for this host, checks. `isLed`: the host is what an SSH server calls so. */
export function verification(
  { tls = '', ca = '', cert = '', host = '', socket = '', service = '', wallet = '' }: OptionTexts,
  isLed: boolean,
): {
  readonly words: string;
  readonly isWeak: boolean;
} {
  const { verifies, bySystem, byFile, byWallet } = text.connections;
  const by = wallet !== '' ? byWallet : ca === '' ? bySystem : byFile(ca);
  const place = host === '' ? socket : host;
  const isLocal = isLocalHost(place);
  if (tls === '' && place === '' && service !== '') return { words: verifies.service, isWeak: false };
  switch (tls === '' ? defaultTlsMode(place, cert === '' ? undefined : cert) : tls) {
    case 'verify-full':
      return { words: verifies['verify-full'](by), isWeak: false };
    case 'verify-ca':
      return { words: verifies['verify-ca'](by), isWeak: false };
    case 'require':
      return { words: verifies.require, isWeak: true };
    default:
      if (!isLocal) return { words: verifies.disable, isWeak: true };
      return { words: isLed ? verifies.localThere : verifies.local, isWeak: false };
  }
}
