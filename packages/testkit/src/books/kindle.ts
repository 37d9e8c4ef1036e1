import { readFile } from 'node:fs/promises'

/** Kindle books made from `englishNovel` (`novel…`) and `chineseVertical` (`bridge…`); see fixtures/README.md. */
export type KindleFixture = 'novel.mobi' | 'novel-combined.mobi' | 'novel.azw3' | 'bridge.azw3'

export async function kindleBook(name: KindleFixture): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL(`../../fixtures/${name}`, import.meta.url)))
}
