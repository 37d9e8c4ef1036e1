import { CLOTHS, type Cloth } from './cloths.ts'
import { hash32 } from './hash.ts'
import { clipsAtTop, ORNAMENTS, type Shape } from './ornaments.ts'

/** Lengths in percent of the cover's width (`cqw`), so that 24 px and 400 px are the same drawing. */
export type CoverLayout =
  /** Latin: words on the cloth, at its head or foot. */
  | { kind: 'words'; at: 'head' | 'foot'; titleSize: number; authorSize: number }
  /** Latin: words centred on a paper plate. */
  | { kind: 'plate'; titleSize: number; authorSize: number }
  /** Han, long: horizontal on a paper plate. */
  | { kind: 'han-plate'; titleSize: number }
  /** Han: a vertical title slip (题签) at the upper left, the author on a small tab. */
  | {
      kind: 'han-slip'
      titleSize: number
      spacing: number
      padding: number
      columnHeight: number | undefined
    }
  /** Han: the title set vertically on the cloth. */
  | { kind: 'han-vertical'; titleSize: number; columnHeight: number; authorVertical: boolean }

export interface CoverDesign {
  readonly title: string
  readonly author: string
  readonly language: 'en' | 'zh'
  readonly authorLanguage: 'en' | 'zh'
  readonly cloth: Cloth
  readonly layout: CoverLayout
  readonly shapes: readonly Shape[]
  /** Part of the 200 × 300 box the shapes are drawn through; undefined: all of it. */
  readonly window: { y: number; height: number; viewTop: number } | undefined
}

const HAN = /[\u3400-\u9fff]/
const round = (n: number) => Math.round(n * 10) / 10

function hanLayout(title: string, author: string, choice: number): { layout: CoverLayout; top: number } {
  const n = [...title].length
  if (n > 18) return { layout: { kind: 'han-plate', titleSize: n > 30 ? 7.6 : 9 }, top: 176 }
  if (choice === 1) {
    const titleSize = n > 8 ? 12 : n > 4 ? 15.5 : 20
    const top = Math.min(236, Math.max(168, 36 + n * (n > 4 ? 15.5 : 20) * 2.2))
    return {
      layout: {
        kind: 'han-vertical',
        titleSize,
        columnHeight: n > 8 ? 76 : 112,
        authorVertical: HAN.test(author),
      },
      top,
    }
  }
  const twoColumns = n > 8
  const titleSize = twoColumns ? 11 : n > 6 ? 12.5 : n > 3 ? 14.5 : 17
  return {
    layout: {
      kind: 'han-slip',
      titleSize,
      spacing: n < 4 ? 0.16 : 0.04,
      padding: twoColumns ? 5 : 5.5,
      columnHeight: twoColumns ? Math.ceil(n / 2) * titleSize * 1.06 : undefined,
    },
    top: twoColumns ? 40 : 20,
  }
}

function latinTitleSize(length: number, longestWord: number): number {
  const byLength =
    length <= 9 ? 17.5 : length <= 16 ? 15 : length <= 28 ? 12.8 : length <= 50 ? 10.6 : length <= 76 ? 9 : 8
  return round(Math.min(byLength, 79 / (longestWord * 0.53)))
}

function latinLayout(title: string, author: string, choice: number): { layout: CoverLayout; top: number } {
  const longestWord = Math.max(1, ...title.split(/\s+/).map((word) => word.length))
  const titleSize = latinTitleSize(title.length, longestWord)
  const authorSize = author.length > 22 ? 5.8 : 6.6
  if (choice === 0 || title.length > 50) {
    const top = title.length > 50 ? 206 : 150
    return { layout: { kind: 'words', at: 'head', titleSize, authorSize }, top }
  }
  if (choice === 1) return { layout: { kind: 'words', at: 'foot', titleSize, authorSize }, top: 148 }
  const onPlate = round(Math.min(titleSize * 0.8, 63 / (longestWord * 0.55)))
  return { layout: { kind: 'plate', titleSize: onPlate, authorSize: authorSize * 0.92 }, top: 14 }
}

/**
 * The cover of a book that brings none. Pure: the same title and author give the same drawing everywhere and offline.
 * The author decides the cloth, so one author's books stand together; the title decides ornament and layout.
 */
export function coverDesign(title: string, author = ''): CoverDesign {
  const titleHash = hash32(title)
  const cloth = CLOTHS[hash32(author || title) % CLOTHS.length] ?? CLOTHS[0]!
  const ornament = ORNAMENTS[titleHash % ORNAMENTS.length] ?? ORNAMENTS[0]!
  const choice = (titleHash >>> 7) % 3
  const han = HAN.test(title)
  const { layout, top } = han ? hanLayout(title, author, choice) : latinLayout(title, author, choice)
  const footWindow = { y: 0, height: 166, viewTop: 134 }
  const ringWindow =
    clipsAtTop(ornament) && top >= 60 ? { y: top, height: 300 - top, viewTop: top } : undefined
  return {
    title,
    author,
    language: han ? 'zh' : 'en',
    authorLanguage: HAN.test(author) ? 'zh' : 'en',
    cloth,
    layout,
    shapes: ornament(titleHash, top),
    window: layout.kind === 'words' && layout.at === 'foot' ? footWindow : ringWindow,
  }
}
