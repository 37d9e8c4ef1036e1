interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly next_cursor: string | null
}

/** All pages of a list that is short enough to be held. */
export async function everyPage<Item>(
  ask: (cursor: string | undefined) => Promise<PageOf<Item>>,
): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await ask(cursor)
    items.push(...page.items)
    if (page.next_cursor === null) return items
    cursor = page.next_cursor
  }
}
