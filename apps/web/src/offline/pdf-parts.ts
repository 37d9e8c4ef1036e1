/** Also named in the rules of the service worker (vite.config.ts), which answers from it. */
const CACHE = 'pdfjs'

/**
 * Keeps what pdf.js may ask for while it shows a PDF: character maps, standard fonts, decoders, some 3 MB, once per version of
 * pdf.js. Which of them a PDF needs shows only on its pages, and those may first be turned to without the server.
 */
export async function keepPdfParts(): Promise<void> {
  // Not over plain http by a LAN name: there is no service worker, either.
  if (!('caches' in globalThis)) return
  const base = new URL(`/${PDFJS_ASSETS}`, location.origin)
  const cache = await caches.open(CACHE)
  const kept = new Set((await cache.keys()).map(({ url }) => url))
  const list = new URL('files.json', base).href
  if (kept.has(list)) return
  const names = (await (await fetch(list)).json()) as readonly string[]
  const wanted = names.map((name) => new URL(name, base).href)
  await cache.addAll(wanted.filter((url) => !kept.has(url)))
  // Last: with it, all are here.
  await cache.add(list)
  for (const url of kept) if (!url.startsWith(base.href)) await cache.delete(url)
}
