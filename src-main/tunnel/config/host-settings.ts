import { isIP } from 'node:net';
import type { Block } from './block.ts';
import { canonicalizes } from './canonical.ts';
import { hostNameOf } from './expand.ts';
import { both, judge, type Pass } from './judge.ts';
import type { ConfigLine } from './read-config.ts';
import { settingsIn, type Asked, type HostSettings, type Said, type Verdict } from './said.ts';

/**
 * What the lines say of a server by the name that a person gives. As ssh does, the file is read a second time where it speaks
 * of `Match final` or of canonical names: with the settled name, and only for what was not said yet.
 */
export function settingsOf(lines: readonly ConfigLine[], asked: Asked): HostSettings {
  const said: Said[] = [];
  const settings = settingsIn(said);
  read(lines, { said, name: asked.host, asked, isFinal: false });
  if (canonicalizes(settings, asked) || lines.some(({ blocks }) => blocks.some(asksForFinal))) {
    const name = hostNameOf(settings.first('hostname'), asked.host);
    read(lines, { said, name: isIP(name) === 0 ? name.toLowerCase() : name, asked, isFinal: true });
  }
  return settings;
}

function asksForFinal(block: Block): boolean {
  return block.by === 'match' && block.criteria.some(({ about }) => about === 'final');
}

function read(lines: readonly ConfigLine[], pass: Pass & { readonly said: Said[] }): void {
  // A block is judged by what was said above it, and not anew at each of its lines.
  const judged = new Map<Block, Verdict>();
  for (const line of lines) {
    let verdict: Verdict = true;
    for (const block of line.blocks) {
      const own = judged.get(block) ?? judge(block, pass);
      judged.set(block, own);
      verdict = both(verdict, own);
    }
    if (verdict === false || (pass.isFinal && line.keyword === 'hostname')) continue;
    pass.said.push({ line, doubt: verdict === true ? null : verdict });
  }
}
