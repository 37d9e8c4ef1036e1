import { englishNovel } from './english-novel.ts'
import { entityBombEpub, evilEpub, plainEpub, plainEpubWith, xxeEpub } from './evil.ts'
import { kindleBook } from './kindle.ts'
import { pdfWithPassword, pdfWithText } from './pdf.ts'
import { buildPng, concat } from './png.ts'
import { damageContent, lieAbout } from './spoil.ts'
import { buildZip } from './zip.ts'

/** A file that is no good book, under the name it comes with. */
export interface HostileBook {
  /** What it is, for test titles. */
  what: string
  name: string
  bytes: Uint8Array
  /** The `file.*` code it is refused with; undefined where it must be read as what it really is. */
  code: string | undefined
  /** Facts that come with the code. */
  params?: Readonly<Record<string, string | number>>
}

/** One of each kind of file that must neither crash a server nor become half a book. */
export async function hostileBooks(): Promise<HostileBook[]> {
  return [
    ...readable(),
    ...(await cutOff()),
    ...damaged(),
    ...unsafe(),
    ...bombs(),
    ...(await locked()),
    ...(await mislabelled()),
  ]
}

function readable(): HostileBook[] {
  return [
    { what: 'scripts, remote content and forms', name: 'evil.epub', bytes: evilEpub(), code: undefined },
    { what: 'external entities', name: 'xxe.epub', bytes: xxeEpub(), code: undefined },
    { what: 'a bomb of entities', name: 'laughs.epub', bytes: entityBombEpub(), code: undefined },
    {
      what: 'a chapter that is not well-formed',
      name: 'unclosed.epub',
      bytes: plainEpubWith({ 'EPUB/a.xhtml': '<html><body><p>one<p>two &nbsp; & <b>three</body>' }),
      code: undefined,
    },
    {
      what: 'obfuscated fonts',
      name: 'fonts.epub',
      bytes: plainEpubWith({
        'META-INF/encryption.xml': encryption('http://www.idpf.org/2008/embedding', 'EPUB/f.otf'),
      }),
      code: undefined,
    },
  ]
}

async function cutOff(): Promise<HostileBook[]> {
  const epub = englishNovel()
  const pdf = await pdfWithText()
  const mobi = await kindleBook('novel.mobi')
  const half = (bytes: Uint8Array) => bytes.slice(0, bytes.length >> 1)
  return [
    { what: 'nothing at all', name: 'empty.epub', bytes: new Uint8Array(), code: 'file.empty' },
    { what: 'half an EPUB', name: 'half.epub', bytes: half(epub), code: 'file.truncated' },
    {
      what: 'an EPUB without its last byte',
      name: 'last.epub',
      bytes: epub.slice(0, -1),
      code: 'file.truncated',
    },
    { what: 'half a PDF', name: 'half.pdf', bytes: half(pdf), code: 'file.truncated' },
    { what: 'half a MOBI', name: 'half.mobi', bytes: half(mobi), code: 'file.truncated' },
  ]
}

function damaged(): HostileBook[] {
  const broken = (what: string, part: string, bytes: Uint8Array): HostileBook => {
    return { what, name: 'broken.epub', bytes, code: 'file.damaged', params: { part } }
  }
  const opf = 'EPUB/package.opf'
  return [
    broken(
      'a package that is not well-formed',
      opf,
      plainEpubWith({ [opf]: '<package><metadata></package>' }),
    ),
    broken('a missing package', opf, plainEpubWith({ [opf]: undefined })),
    broken('an empty spine', opf, plainEpub({ chapters: [] })),
    broken(
      'a missing container',
      'META-INF/container.xml',
      plainEpubWith({ 'META-INF/container.xml': undefined }),
    ),
    broken(
      'a chapter with a wrong checksum',
      'EPUB/a.xhtml',
      lieAbout(plainEpub(), 'EPUB/a.xhtml', { crc32: 1 }),
    ),
    broken(
      'a chapter that does not unpack',
      'EPUB/chapter1.xhtml',
      damageContent(englishNovel(), 'EPUB/chapter1.xhtml'),
    ),
    broken('a chapter of random bytes', 'EPUB/a.xhtml', plainEpubWith({ 'EPUB/a.xhtml': noise(4000) })),
  ]
}

function unsafe(): HostileBook[] {
  const named = (entry: string): HostileBook => ({
    what: `an entry named ${entry}`,
    name: 'path.epub',
    bytes: plainEpubWith({ [entry]: 'x' }),
    code: 'file.unsafe_path',
  })
  const link = buildZip([
    { name: 'mimetype', data: 'application/epub+zip', stored: true },
    { name: 'link', data: '/etc/passwd', mode: 0o120777 },
  ])
  return [
    ...['../outside.xhtml', 'EPUB/../../outside', '/etc/passwd', 'C:\\evil.txt', '..\\outside.xhtml'].map(
      named,
    ),
    {
      what: 'a symbolic link',
      name: 'link.epub',
      bytes: link,
      code: 'file.unsafe_path',
      params: { path: 'link' },
    },
  ]
}

function bombs(): HostileBook[] {
  const zeros = plainEpubWith({ 'EPUB/a.xhtml': new Uint8Array(20_000_000) })
  const crowd = buildZip([
    { name: 'mimetype', data: 'application/epub+zip', stored: true },
    ...Array.from({ length: 10_001 }, (_, i) => ({ name: `f${i}`, data: '' })),
  ])
  const nested = `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>${'<div>'.repeat(20_000)}deep${'</div>'.repeat(20_000)}</body></html>`
  const bomb = (what: string, bytes: Uint8Array): HostileBook => ({
    what,
    name: 'bomb.epub',
    bytes,
    code: 'file.zip_bomb',
  })
  return [
    bomb('more than it declares', lieAbout(zeros, 'EPUB/a.xhtml', { size: 1000 })),
    bomb('more than any book', lieAbout(zeros, 'EPUB/a.xhtml', { size: 0x3000_0000 })),
    bomb('a thousand times its size', zeros),
    bomb(
      'a picture that is more than it declares',
      lieAbout(plainEpubWith({ 'EPUB/p.bin': new Uint8Array(2_000_000) }), 'EPUB/p.bin', { size: 10 }),
    ),
    {
      what: 'a collection of pictures beyond all measure',
      name: 'large.epub',
      bytes: lieAbout(plainEpubWith({ 'EPUB/p.bin': noise(3_000_000) }), 'EPUB/p.bin', { size: 0x2000_0000 }),
      code: 'file.too_large',
      params: { part: 'archive' },
    },
    {
      what: 'too many entries',
      name: 'crowd.epub',
      bytes: crowd,
      code: 'file.too_large',
      params: { part: 'entries', size: 10_002, limit: 10_000 },
    },
    {
      what: 'elements without end inside elements',
      name: 'deep.epub',
      bytes: plainEpubWith({ 'EPUB/a.xhtml': nested }),
      code: 'file.too_complex',
    },
  ]
}

async function locked(): Promise<HostileBook[]> {
  const drm = (scheme: string, bytes: Uint8Array, name = `${scheme}.epub`): HostileBook => {
    return {
      what: `${scheme} DRM in ${name.replace(/.*\./, '')}`,
      name,
      bytes,
      code: 'file.drm',
      params: { scheme },
    }
  }
  const aes = encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc', 'EPUB/a.xhtml')
  const rights = '<rights xmlns="http://ns.adobe.com/adept"><licenseToken/></rights>'
  const kobo = {
    'META-INF/rights.xml': '<rights><provider>Kobo</provider></rights>',
    'EPUB/a.xhtml': noise(3000),
  }
  const mobi = await kindleBook('novel.mobi')
  new DataView(mobi.buffer).setUint16(new DataView(mobi.buffer).getUint32(78) + 12, 2)
  const token = '<fulfillmentToken xmlns="http://ns.adobe.com/adept"><transaction/></fulfillmentToken>'
  const password: HostileBook[] = [
    { what: 'a PDF with a password', name: 'p.pdf', bytes: pdfWithPassword(), code: 'file.password' },
    {
      what: 'a ZIP with a password',
      name: 'p.epub',
      bytes: lieAbout(plainEpub(), 'EPUB/a.xhtml', { flags: 1 }),
      code: 'file.password',
    },
  ]
  return [
    drm('adept', plainEpubWith({ 'META-INF/encryption.xml': aes, 'META-INF/rights.xml': rights })),
    drm('lcp', plainEpubWith({ 'META-INF/encryption.xml': aes, 'META-INF/license.lcpl': '{}' })),
    drm('apple', plainEpubWith({ 'META-INF/encryption.xml': aes, 'META-INF/sinf.xml': '<sinf/>' })),
    drm('kobo', plainEpubWith(kobo)),
    drm('unknown', plainEpubWith({ 'META-INF/encryption.xml': aes })),
    drm('kindle', mobi, 'locked.mobi'),
    drm('adept', pdfWithPassword('EBX_HANDLER'), 'locked.pdf'),
    drm('adept', new TextEncoder().encode(token), 'book.acsm'),
    drm(
      'lcp',
      buildZip([
        { name: 'license.lcpl', data: '{}' },
        { name: 'publication.pdf', data: noise(500) },
      ]),
      'book.lcpdf',
    ),
    ...password,
  ]
}

async function mislabelled(): Promise<HostileBook[]> {
  const other = (
    what: string,
    bytes: Uint8Array,
    code: string,
    params: HostileBook['params'],
  ): HostileBook => {
    return { what, name: 'book.epub', bytes, code, ...(params && { params }) }
  }
  const text = new TextEncoder()
  const program = concat([text.encode('\u007fELF'), noise(2000)])
  const rar = concat([text.encode('Rar!\u001a\u0007'), noise(2000)])
  const split = lieAbout(plainEpub(), 'mimetype', {})
  new DataView(split.buffer).setUint16(split.length - 22 + 4, 3, true)
  return [
    { what: 'a PDF named EPUB', name: 'book.epub', bytes: await pdfWithText(), code: undefined },
    { what: 'an EPUB named PDF', name: 'book.pdf', bytes: englishNovel(), code: undefined },
    {
      what: 'a web page named EPUB',
      name: 'page.epub',
      bytes: text.encode('<!doctype html><title>x</title><p>words'),
      code: undefined,
    },
    other(
      'a picture',
      buildPng(9, 9, () => [1, 2, 3]),
      'file.not_a_book',
      { found: 'png' },
    ),
    other('a program', program, 'file.not_a_book', { found: 'program' }),
    other('noise', noise(5000), 'file.not_a_book', undefined),
    other('a RAR archive', rar, 'file.unsupported', { feature: 'rar' }),
    other('a Word document', buildZip([{ name: 'word/document.xml', data: '<x/>' }]), 'file.unsupported', {
      feature: 'docx',
    }),
    other('any other ZIP', buildZip([{ name: 'a.bin', data: noise(99) }]), 'file.not_a_book', {
      found: 'zip',
    }),
    other('bzip2 in ZIP', lieAbout(plainEpub(), 'EPUB/a.xhtml', { method: 12 }), 'file.unsupported', {
      feature: 'zip method 12',
    }),
    other('one volume of a split ZIP', split, 'file.unsupported', { feature: 'split zip' }),
  ]
}

function encryption(algorithm: string, uri: string): string {
  return `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></enc:EncryptedData></encryption>`
}

/** Bytes that look like nothing. */
function noise(length: number): Uint8Array<ArrayBuffer> {
  let state = 0x9e3779b9
  return Uint8Array.from({ length }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5
    return (state >>> 13) & 0xff
  })
}
