/** The titles above the text being read: those of the table of contents, then headings it does not know. */
export class HeadingPath {
  #base: readonly string[]
  #below: { level: number; title: string }[] = []
  #titles: readonly string[]

  constructor(base: readonly string[]) {
    this.#base = base
    this.#titles = base
  }

  /** The same array until the path changes. */
  get titles(): readonly string[] {
    return this.#titles
  }

  /** An entry of the table of contents begins. */
  reset(base: readonly string[]): void {
    this.#base = base
    this.#below = []
    this.#titles = base
  }

  /** A heading begins. One that repeats what the table of contents calls this place adds nothing. */
  enter(level: number, title: string): void {
    const clean = title.replace(/\s+/g, ' ').trim().slice(0, 300)
    if (clean === '') return
    this.#below = this.#below.filter((heading) => heading.level < level)
    if (!this.#base.some((known) => sameTitle(known, clean))) this.#below.push({ level, title: clean })
    this.#titles = [...this.#base, ...this.#below.map((heading) => heading.title)]
  }
}

/** `The Lamp` and `1. THE LAMP` are one title; `1` and `10. The Sea` are not. */
export function sameTitle(known: string, title: string): boolean {
  const a = letters(known)
  const b = letters(title)
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.length * 2 >= long.length && short.length >= 2 && long.includes(short)
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
