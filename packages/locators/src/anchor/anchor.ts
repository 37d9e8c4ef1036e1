import { type Locator, sectionOf } from '../locator.ts'
import { type FindOptions, findQuote, type Haystack, haystack } from '../quote/find.ts'
import type { AnchorStatus, TextQuote } from '../quote/types.ts'
import { normalise } from '../text/normalise.ts'
import type { SectionText, Span, TextModel } from './model.ts'

/** What is kept of a highlight: where it was and what it said. */
export interface Anchorable {
  readonly locator: Locator
  readonly quote?: TextQuote
}

/** Where a passage was found again, and how surely. */
export interface Anchored {
  readonly status: AnchorStatus
  /** 0 to 1; 0 when lost. */
  readonly score: number
  /** Where the passage is now; for `lost`, the start of the section it was in, if that still exists. */
  readonly locator: Locator | undefined
  readonly section: number | undefined
  /** In the section's text. Undefined when lost. */
  readonly span: Span | undefined
}

/** How far and how long {@link anchor} looks. */
export interface AnchorOptions extends FindOptions {
  /** Sections looked through besides the one it was in, nearest first. Default 64. */
  readonly reach?: number
}

/** An exact match this good ends the search. */
const CERTAIN = 0.9
/** From this many characters on, the same words are the same passage whatever stands around them. */
const DISTINCTIVE = 24

/**
 * Finds a passage again (rules ANC-1 to ANC-4): where its locator points, if the words there are the quoted ones; else by
 * its quote, in its own section first and outwards from there; else the section it was in.
 */
export async function anchor(
  model: TextModel,
  target: Anchorable,
  options: AnchorOptions = {},
): Promise<Anchored> {
  const home = Math.max(0, model.indexOf?.(target.locator) ?? homeOf(target.locator))
  const first = home < model.count ? await model.section(home) : undefined
  const here = first === undefined ? undefined : anchorInSection(first, target, options)
  if (
    here !== undefined &&
    (here.status === 'exact' || (here.status === 'repaired' && here.score >= CERTAIN))
  ) {
    return here
  }
  const away = target.quote === undefined ? undefined : await elsewhere(model, home, target.quote, options)
  return bestOf([here, away]) ?? lost(first)
}

/** `anchor` within one section, at once; gives `lost` rather than looking elsewhere. */
export function anchorInSection(
  section: SectionText,
  target: Anchorable,
  options: FindOptions = {},
): Anchored {
  const span = section.spanOf(target.locator)
  const { quote } = target
  if (quote === undefined) {
    if (span === undefined) return lost(section)
    return {
      status: span.firm ? 'exact' : 'approximate',
      score: span.firm ? 1 : 0.5,
      ...placed(section, span),
    }
  }
  if (
    span !== undefined &&
    normalise(section.text.slice(span.start, span.end)).text === normalise(quote.exact).text
  ) {
    const locator = span.firm ? target.locator : section.locatorOf(span)
    return { status: span.firm ? 'exact' : 'repaired', score: 1, section: section.index, span, locator }
  }
  return byQuote(section, hayOf(section), quote, {
    ...options,
    hint: options.hint ?? span?.start ?? 0,
  })
}

/** Many highlights are looked for in one section: its text is normalised once. */
const hays = new WeakMap<SectionText, Haystack>()

function hayOf(section: SectionText): Haystack {
  const known = hays.get(section)
  if (known !== undefined) return known
  const hay = haystack(section.text)
  hays.set(section, hay)
  return hay
}

function byQuote(section: SectionText, hay: Haystack, quote: TextQuote, options: FindOptions): Anchored {
  const found = findQuote(hay, quote, options)
  if (found === undefined) return lost(section)
  if (found.status === 'exact' && found.score < 0.75 && quote.exact.length < DISTINCTIVE) return lost(section)
  const status = found.status === 'exact' ? 'repaired' : 'approximate'
  return { status, score: found.score, ...placed(section, { start: found.start, end: found.end }) }
}

/** ANC-3: word for word in the nearest sections, then approximately in the same. */
async function elsewhere(
  model: TextModel,
  home: number,
  quote: TextQuote,
  { reach = 64, ...options }: AnchorOptions,
): Promise<Anchored | undefined> {
  const sections: { section: SectionText; hay: Haystack }[] = []
  const found: Anchored[] = []
  for (const index of outwards(home, model.count).slice(0, reach)) {
    const section = await model.section(index)
    if (section === undefined) continue
    const hay = hayOf(section)
    const here = byQuote(section, hay, quote, { tolerance: 0 })
    if (here.score >= CERTAIN) return here
    found.push(here)
    sections.push({ section, hay })
  }
  const exact = bestOf(found)
  if (exact !== undefined) return exact
  const near = bestOf(sections.map(({ section, hay }) => byQuote(section, hay, quote, options)))
  return near !== undefined && near.score >= 0.7 ? near : undefined
}

function bestOf(found: readonly (Anchored | undefined)[]): Anchored | undefined {
  return found
    .filter((each) => each !== undefined)
    .filter((each) => each.status !== 'lost')
    .sort((a, b) => b.score - a.score)[0]
}

/** home±1, home±2, … within the book. */
function outwards(home: number, count: number): number[] {
  const order: number[] = []
  for (let distance = 1; distance < Math.max(count, home + 1); distance++) {
    for (const index of [home + distance, home - distance]) if (index >= 0 && index < count) order.push(index)
  }
  return order
}

function homeOf(locator: Locator): number {
  return locator.type === 'pdf' ? locator.page : (sectionOf(locator) ?? 0)
}

function placed(section: SectionText, span: Span): Pick<Anchored, 'section' | 'span' | 'locator'> {
  return { section: section.index, span, locator: section.locatorOf(span) }
}

function lost(section: SectionText | undefined): Anchored {
  const locator = section?.locatorOf({ start: 0, end: 0 })
  return { status: 'lost', score: 0, section: section?.index, span: undefined, locator }
}
