/**
 * Builds the sample library from docs/handbook: an EPUB per language, made by the same code that makes reading editions of
 * people's Markdown, and the English text as a PDF. The same bytes for the same sources; `--check` only compares.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readingEdition } from '../apps/server/src/capabilities/library/formats/reading-edition.ts'
import { handbookPdf } from './handbook/pdf.ts'

const folder = new URL('../docs/handbook/', import.meta.url)
const target = (name: string): URL => new URL(`books/${name}`, folder)
const source = (language: string): Promise<Buffer> => readFile(new URL(`${language}/book.md`, folder))

async function epub(language: string): Promise<Uint8Array> {
  return readingEdition({ name: 'book.md', bytes: new Uint8Array(await source(language)) })
}

const built: [name: string, bytes: Uint8Array][] = [
  ['the-stoa-handbook.epub', await epub('en')],
  ['柱廊手册.epub', await epub('zh')],
  ['the-stoa-handbook.pdf', await handbookPdf((await source('en')).toString('utf8'))],
]

const stale: string[] = []
for (const [name, bytes] of built) {
  const path = fileURLToPath(target(name))
  const before = await readFile(path).catch(() => undefined)
  if (before && Buffer.compare(before, bytes) === 0) continue
  stale.push(name)
  if (!process.argv.includes('--check')) await writeFile(path, bytes)
}
if (process.argv.includes('--check') && stale.length > 0) {
  process.stderr.write(`handbook: stale: ${stale.join(', ')}. Run npm run generate handbook.\n`)
  process.exitCode = 1
} else process.stdout.write(`handbook: ${stale.length === 0 ? 'up to date' : `wrote ${stale.join(', ')}`}\n`)
