import { type LabelledSet, outputOf, placeOf, type Query, sample } from './labelled.ts'

const QUERIES = 600
/** Topics with fewer verses say little about a ranking, those with more are lists. */
const VERSES = { least: 3, most: 15 }

/** The books that Nave indexes, as OSIS names them. */
const CANON = new Set(
  'Gen Exod Lev Num Deut Josh Judg Ruth 1Sam 2Sam 1Kgs 2Kgs 1Chr 2Chr Ezra Neh Esth Job Ps Prov Eccl Song Isa Jer Lam Ezek Dan Hos Joel Amos Obad Jonah Mic Nah Hab Zeph Hag Zech Mal Matt Mark Luke John Acts Rom 1Cor 2Cor Gal Eph Phil Col 1Thess 2Thess 1Tim 2Tim Titus Phlm Heb Jas 1Pet 2Pet 1John 2John 3John Jude Rev'.split(
    ' ',
  ),
)

interface Entry {
  readonly key: string
  readonly body: string
}

function moduleOf(name: string): Entry[] | undefined {
  const text = outputOf('mod2imp', name)
  if (!text) return undefined
  return text
    .split(/^\$\$\$/m)
    .slice(1)
    .map((entry) => {
      const end = entry.indexOf('\n')
      return { key: entry.slice(0, end), body: entry.slice(end + 1) }
    })
}

const plain = (markup: string): string =>
  markup
    .replace(/<note\b.*?<\/note>|<title\b.*?<\/title>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+([,.;:?!”’])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * Nave's Topical Bible (a hand-made index from topics to verses, public domain) over the King James Version that it indexes, a passage a
 * verse. Debian: libsword-utils, sword-dict-naves, sword-text-kjv. Not every verse that fits a topic is listed.
 */
export function naveSet(): LabelledSet | undefined {
  const verses = moduleOf('engKJV2006eb')
  const topics = moduleOf('Nave')
  if (!verses || !topics) return undefined
  const books: string[][] = []
  /** `Gen.1.1` → where it stands. */
  const places = new Map<string, string>()
  let book = ''
  for (const { key, body } of verses) {
    book = /<chapter [^>]*osisID="(\w+)\.1"/.exec(body)?.[1] ?? book
    const [, chapter, verse] = /(\d+):(\d+)$/.exec(key) ?? []
    const text = plain(body)
    if (!chapter || verse === '0' || text === '' || !CANON.has(book)) continue
    const name = `${book}.${chapter}.${verse}`
    if (name.endsWith('.1.1') || books.length === 0) books.push([])
    const last = books.length - 1
    places.set(name, placeOf(last, (books[last]?.push(text) ?? 1) - 1))
  }
  const queries = topics.flatMap(({ key, body }) => queriesOf(key, body, places))
  return {
    name: 'Nave topics over the Bible',
    books,
    queries: sample(queries, QUERIES),
    unitOf: (place) => place,
  }
}

/** One for each line below a topic: `Abraham` + `Covenant with` → the verses it names. */
function queriesOf(topic: string, body: string, places: ReadonlyMap<string, string>): Query[] {
  return body.split('<lb/>').flatMap((line) => {
    const relevant = new Set(
      Array.from(line.matchAll(/osisRef="([^"]*)"/g), ([, reference = '']) => versesOf(reference))
        .flat()
        .map((verse) => places.get(verse))
        .filter((place) => place !== undefined),
    )
    if (relevant.size < VERSES.least || relevant.size > VERSES.most) return []
    return [
      {
        text: `${topic} ${labelOf(line)}`
          .toLowerCase()
          .replace(/[^\p{L}'’ ]+/gu, ' ')
          .trim(),
        relevant,
      },
    ]
  })
}

/** What a person would type: without cross-references and the phrases that stand in every topic. */
const labelOf = (line: string): string =>
  plain(line.replace(/<ref\b.*?<\/ref>/gs, ' '))
    .replace(/\bSee\b.*$/s, ' ')
    .replace(/General scriptures concerning|Unclassified scriptures relating to|Miscellany of/gi, ' ')

/** `Gen.1.3-Gen.1.5` → its three verses; whole chapters name none. */
function versesOf(reference: string): string[] {
  const [from = '', to = from] = reference.split('-')
  const [book, chapter, first] = from.split('.')
  const [lastBook, lastChapter, last] = to.split('.')
  if (first === undefined) return []
  if (book !== lastBook || chapter !== lastChapter) return [from]
  const count = Math.max(1, Number(last) - Number(first) + 1)
  return Array.from({ length: count }, (_, index) => `${book}.${chapter}.${Number(first) + index}`)
}
