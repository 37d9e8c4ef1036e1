import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { debianFaq, labelledSet } from './faq.ts'
import type { LabelledSet } from './labelled.ts'

const FILE = '/usr/share/doc/debian/FAQ/debian-faq.zh-cn.txt.gz'
const VERSES = import.meta.resolve('quran-json/dist/quran_zh.json')
const CHARACTERS = 220

interface Chapter {
  readonly verses: readonly { readonly translation: string }[]
}

/** The questions of Debian's FAQ in Chinese; its answers are hidden among the verses of the Quran. Debian: debian-faq-zh-cn. */
export function chineseSet(): LabelledSet | undefined {
  const faq = debianFaq(FILE, '')
  if (!faq) return undefined
  const chapters: readonly Chapter[] = JSON.parse(readFileSync(fileURLToPath(VERSES), 'utf8'))
  const others = chapters.map(({ verses }) =>
    verses.map(({ translation }) => ({ paragraphs: [translation] })),
  )
  return labelledSet('questions in Chinese', [faq, ...others], CHARACTERS, (text) => text.length)
}
