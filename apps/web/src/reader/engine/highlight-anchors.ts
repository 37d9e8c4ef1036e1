import {
  type Anchored,
  anchor,
  anchorInSection,
  type Locator,
  type SectionText,
  type TextModel,
} from '@stoa/locators'
import type { Highlight, HighlightStatus } from './book-view.ts'

/** A highlight with the place it has now. */
export interface PlacedHighlight {
  readonly highlight: Highlight
  readonly locator: Locator
}

/** Finds highlights in the book that is open and remembers where; engines paint what `in` gives for a section or page. */
export class HighlightAnchors {
  readonly #model: TextModel
  readonly #changed: (section: number) => void
  readonly #report: (status: HighlightStatus) => void
  #highlights = new Map<string, Highlight>()
  #found = new Map<string, Anchored>()
  #generation = 0

  /** `changed` is told of every section whose highlights have to be painted anew. */
  constructor(
    model: TextModel,
    changed: (section: number) => void,
    report: (status: HighlightStatus) => void,
  ) {
    this.#model = model
    this.#changed = changed
    this.#report = report
  }

  /**
   * Replaces the list. Where each was stored is painted at once; those whose words are elsewhere move when they are found.
   * Resolves with all statuses, or with none when a later call overtook this one.
   */
  async set(highlights: readonly Highlight[]): Promise<HighlightStatus[]> {
    const generation = ++this.#generation
    const sections = new Set(
      [...this.#highlights.values(), ...highlights].map((each) => this.#sectionOf(each)),
    )
    const before = this.#highlights
    this.#highlights = new Map(highlights.map((highlight) => [highlight.id, highlight]))
    this.#found = new Map(
      [...this.#found].filter(([id]) => sameAnchor(before.get(id), this.#highlights.get(id))),
    )
    this.#repaint(sections)
    for (const highlight of highlights) {
      if (this.#found.has(highlight.id)) continue
      const found = await anchor(this.#model, highlight)
      if (generation !== this.#generation) return []
      this.#remember(highlight.id, found)
      if (found.status !== 'exact') this.#repaint([this.#home(highlight), found.section])
    }
    return [...this.#found].map(([id, found]) => statusOf(id, found))
  }

  /** Anchors at once what belongs to a section on screen, so that a mark appears under the finger that made it. */
  settle(section: SectionText): void {
    for (const highlight of this.#highlights.values()) {
      if (this.#found.has(highlight.id) || this.#home(highlight) !== section.index) continue
      const found = anchorInSection(section, highlight)
      if (found.status !== 'lost') this.#remember(highlight.id, found)
    }
  }

  /** The highlights of a section, in the order they were given. */
  in(section: number): PlacedHighlight[] {
    return [...this.#highlights.values()].flatMap((highlight) => {
      if (this.#sectionOf(highlight) !== section) return []
      return [{ highlight, locator: this.#found.get(highlight.id)?.locator ?? highlight.locator }]
    })
  }

  #remember(id: string, found: Anchored): void {
    this.#found.set(id, found)
    this.#report(statusOf(id, found))
  }

  #repaint(sections: Iterable<number | undefined>): void {
    for (const section of new Set(sections)) if (section !== undefined) this.#changed(section)
  }

  #sectionOf(highlight: Highlight): number | undefined {
    const found = this.#found.get(highlight.id)
    if (found === undefined) return this.#home(highlight)
    return found.status === 'lost' ? undefined : found.section
  }

  #home({ locator }: Highlight): number | undefined {
    return this.#model.indexOf?.(locator)
  }
}

function sameAnchor(a: Highlight | undefined, b: Highlight | undefined): boolean {
  return a !== undefined && b !== undefined && key(a) === key(b)
}

function key({ locator, quote }: Highlight): string {
  return JSON.stringify([locator, quote])
}

function statusOf(id: string, { status, score, locator }: Anchored): HighlightStatus {
  return { id, status, score, locator: status === 'lost' ? undefined : locator }
}
