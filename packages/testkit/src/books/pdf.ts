import {
  PDFDocument,
  type PDFFont,
  PDFHexString,
  PDFName,
  type PDFPage,
  type PDFRef,
  PDFString,
  StandardFonts,
} from 'pdf-lib'

/** Sentences that tests look for. Each occurs once in the PDF. */
export const pdfSentences = {
  first: 'The survey of the marshes was begun in the spring',
  hyphenated: 'the embankment was finished before the winter storms',
  chinese: '湿地的测量从春天开始。',
} as const

const left = 72
const top = 720
const leading = 16

interface Chapter {
  title: string
  pages: readonly (readonly string[])[]
}

const chapters: Chapter[] = [
  {
    title: '1 The Survey',
    pages: [
      [
        `${pdfSentences.first}, when the water`,
        'was low enough to walk between the islands, and went on until the',
        'reeds had grown too high to see across.',
        '',
        'Of the nine surveyors three were from the coast. They had brought',
        'their own chains, which were found to be a hand too long, and this',
        'was not put right until the maps had been drawn.',
      ],
      [
        'In the second year they measured by night, from fires on the high',
        'ground, and the work went twice as fast.',
      ],
    ],
  },
  {
    title: '2 The Embankment',
    pages: [
      [
        'Against the advice of the fishermen, the em-',
        'bankment was finished before the winter storms, and held for',
        'eleven years.',
      ],
    ],
  },
]

/** Three pages of English with an outline, labels, running heads, page numbers, a hyphen at a line's end, and a page in Chinese. */
export async function pdfWithText(): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create({ updateMetadata: false })
  document.setTitle('A History of the Marshes')
  document.setAuthor('M. Arsh; F. En')
  document.setSubject('How the water was measured.')
  document.setKeywords(['marshes', 'surveying'])
  document.setCreationDate(new Date(Date.UTC(2020, 4, 6)))
  document.setModificationDate(new Date(Date.UTC(2020, 4, 6)))
  const roman = await document.embedFont(StandardFonts.TimesRoman)
  const bold = await document.embedFont(StandardFonts.TimesRomanBold)
  const starts: { title: string; page: PDFPage }[] = []
  for (const { title, pages } of chapters) {
    for (const [i, lines] of pages.entries()) {
      const page = addPage(document, roman)
      if (i === 0) {
        page.drawText(title, { x: left, y: top, size: 18, font: bold })
        starts.push({ title, page })
      }
      drawLines(page, roman, lines, top - 40)
    }
  }
  const chinese = addPage(document, roman)
  addChineseText(document, chinese, pdfSentences.chinese)
  addOutline(document, starts)
  addLabels(document)
  return new Uint8Array(await document.save({ useObjectStreams: false }))
}

function addPage(document: PDFDocument, font: PDFFont): PDFPage {
  const page = document.addPage([612, 792])
  page.drawText('A HISTORY OF THE MARSHES', { x: 220, y: 760, size: 9, font })
  page.drawText(String(document.getPageCount()), { x: 300, y: 30, size: 9, font })
  return page
}

function drawLines(page: PDFPage, font: PDFFont, lines: readonly string[], from: number): void {
  for (const [i, line] of lines.entries()) {
    if (line) page.drawText(line, { x: left, y: from - i * leading, size: 12, font })
  }
}

/** Chinese without a font file: a predefined CMap and a font the viewer must have (ISO 32000-1 §9.7.5.2). */
function addChineseText(document: PDFDocument, page: PDFPage, text: string): void {
  const { context } = document
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType0',
    BaseFont: 'STSong-Light',
    CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('GB1'), Supplement: 2 },
    DW: 1000,
  })
  const font = context.obj({
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: 'STSong-Light',
    Encoding: 'UniGB-UCS2-H',
    DescendantFonts: [context.register(descendant)],
  })
  page.node.setFontDictionary(PDFName.of('Song'), context.register(font))
  const codes = Array.from(text, (character) =>
    (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0'),
  ).join('')
  page.node.addContentStream(
    context.register(context.stream(`BT /Song 14 Tf ${left} ${top - 40} Td <${codes}> Tj ET`)),
  )
}

function addOutline(document: PDFDocument, starts: readonly { title: string; page: PDFPage }[]): void {
  const { context } = document
  const rootRef = context.nextRef()
  const refs = starts.map(() => context.nextRef())
  for (const [i, { title, page }] of starts.entries()) {
    const item = context.obj({
      Title: PDFHexString.fromText(title),
      Parent: rootRef,
      Dest: [page.ref, PDFName.of('XYZ'), 0, top + 20, 0],
    })
    if (refs[i - 1]) item.set(PDFName.of('Prev'), refs[i - 1] as PDFRef)
    if (refs[i + 1]) item.set(PDFName.of('Next'), refs[i + 1] as PDFRef)
    context.assign(refs[i] as PDFRef, item)
  }
  const root = context.obj({
    Type: 'Outlines',
    First: refs[0] as PDFRef,
    Last: refs.at(-1) as PDFRef,
    Count: refs.length,
  })
  context.assign(rootRef, root)
  document.catalog.set(PDFName.of('Outlines'), rootRef)
}

/** The first page is `i`, then 1, 2 … */
function addLabels(document: PDFDocument): void {
  document.catalog.set(
    PDFName.of('PageLabels'),
    document.context.obj({ Nums: [0, { S: 'r' }, 1, { S: 'D', St: 1 }] }),
  )
}

/** One page with nothing but a filled box, as a scan without recognised text. */
export async function pdfWithoutText(): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create({ updateMetadata: false })
  document.addPage([300, 400]).drawRectangle({ x: 50, y: 50, width: 200, height: 300 })
  return new Uint8Array(await document.save({ useObjectStreams: false }))
}

/**
 * A PDF that asks for a password: the standard security handler with check values that no empty password meets. `filter`
 * names another handler, e.g. `EBX_HANDLER` of Adobe's DRM.
 */
export function pdfWithPassword(filter = 'Standard'): Uint8Array<ArrayBuffer> {
  const check = '6b'.repeat(32)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
    `<< /Filter /${filter} /V 1 /R 2 /O <${check}> /U <${check}> /P -4 >>`,
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const offset = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const id = '00'.repeat(16)
  file += `xref\n0 5\n0000000000 65535 f \n${table}trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<${id}> <${id}>] >>\nstartxref\n${file.length}\n%%EOF\n`
  return new TextEncoder().encode(file)
}
