/** The oracle: keys and values of a JSON object on one line, each value in its own characters, so that no digit is lost. */
export function ndjsonMembers(line: string): readonly (readonly [key: string, raw: string])[] {
  const members: (readonly [string, string])[] = [];
  let at = 1;
  while (line.charAt(at) !== '}') {
    if (line.charAt(at) === ',') at++;
    const key = valueEnd(at);
    if (line.charAt(key) !== ':') throw new SyntaxError(`no colon at ${key}`);
    const end = valueEnd(key + 1);
    members.push([JSON.parse(line.slice(at, key)) as string, line.slice(key + 1, end)]);
    at = end;
  }
  if (line.charAt(0) !== '{' || at !== line.length - 1) throw new SyntaxError('the line is not one object');
  return members;

  function valueEnd(start: number): number {
    let depth = 0;
    let inString = false;
    for (let i = start; i < line.length; i++) {
      const char = line.charAt(i);
      if (inString) {
        if (char === '\\') i++;
        else if (char === '"') inString = false;
      } else if (depth === 0 && i > start && ',:}'.includes(char)) return i;
      else if (char === '"') inString = true;
      else if (char === '{' || char === '[') depth++;
      else if (char === '}' || char === ']') depth--;
    }
    throw new SyntaxError(`a value at ${start} has no end`);
  }
}
