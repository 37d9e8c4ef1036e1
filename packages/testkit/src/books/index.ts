/** Real books, made in code: the same bytes on every run. */
export { chineseHorizontal, chineseSentences, chineseVertical } from './chinese.ts'
export { englishNovel, novelCover, novelSentences } from './english-novel.ts'
export { buildEpub, type EpubChapter, type EpubSpec, epubParts } from './epub.ts'
export { epub2WithNcx } from './epub2.ts'
export { type GeneratedBook, generatedBook, largeLibrary } from './library.ts'
export { mathAndSvg } from './math-and-svg.ts'
export { buildPng } from './png.ts'
export { buildZip, type ZipPart } from './zip.ts'
