import { generatedBook } from '@stoa/testkit/books/index'
import { unzipSync } from 'fflate'

const PASSAGES_PER_BOOK = 400

/** Text of a generated book in stretches of a passage's length. */
export function passagesOf(index: number): { texts: string[]; words: string[] } {
  const entries = unzipSync(generatedBook(20_261_121, index).bytes)
  const decoder = new TextDecoder()
  const text = Object.entries(entries)
    .filter(([name]) => name.endsWith('.xhtml') && !name.includes('nav'))
    .map(([, bytes]) =>
      decoder
        .decode(bytes)
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' '),
    )
    .join(' ')
  const length = /\p{sc=Han}/u.test(text.slice(2000, 2400)) ? 220 : 700
  const texts = Array.from({ length: PASSAGES_PER_BOOK }, (_, ord) =>
    text.slice(ord * length, (ord + 1) * length),
  )
  const words = texts
    .filter((_, ord) => ord % 97 === 0)
    .map((part) => part.slice(20, 60).split(' ').at(1) ?? part.slice(20, 22))
  return {
    texts: texts.filter((part) => part.trim() !== ''),
    words: words.filter((word) => word.trim() !== ''),
  }
}
