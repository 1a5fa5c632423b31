/** How many are under way at once: a home may hold thousands. */
const AT_ONCE = 32;

/** What `work` makes of each item, in their order, without the nulls; so many at once as the store can well do. */
export async function inBatches<Item, Made>(
  items: readonly Item[],
  work: (item: Item) => Promise<Made | null>,
): Promise<Made[]> {
  const made: Made[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const some = await Promise.all(items.slice(at, at + AT_ONCE).map(work));
    for (const one of some) if (one !== null) made.push(one);
  }
  return made;
}
