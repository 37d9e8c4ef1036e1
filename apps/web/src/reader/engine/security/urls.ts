/** What a book's documents may load: bytes out of the book itself, never the network. */
const OWN_BYTES = /^(?:blob:|data:(?:image|font|audio|video)\/|data:application\/(?:x-)?font|data:,|#)/i

/** As URL parsers see it: leading control characters and white space, and tabs and line breaks anywhere, do not count. */
function bare(url: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly what the URL parser strips
  return url.replace(/^[\u0000-\u0020]+/u, '').replaceAll(/[\t\n\r]/gu, '')
}

export function isOwnResource(url: string): boolean {
  return OWN_BYTES.test(bare(url))
}

/** Links that only name a place: inside the book, or an outside address that a person may choose to open. */
export function isHarmlessLink(url: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/iu.exec(bare(url))?.[1]?.toLowerCase()
  return (
    scheme === undefined ||
    !['javascript', 'vbscript', 'data', 'file', 'blob', 'filesystem', 'view-source'].includes(scheme)
  )
}

/** The address to offer for an outside link, or undefined when it is none that may be opened. */
export function externalUrl(href: string): string | undefined {
  const url = URL.parse(bare(href))
  return url !== null && ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : undefined
}
