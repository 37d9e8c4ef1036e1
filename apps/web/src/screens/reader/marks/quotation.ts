import type { Locator } from '@stoa/locators'

export interface QuotationSource {
  readonly title: string
  readonly authors: readonly string[]
  readonly chapter?: string
  /** BCP 47, of the passage: decides the punctuation. */
  readonly language: string
  /** Of the book, without a query. */
  readonly url: string
}

/** The passage with where it stands, as one pastes it into a letter: words, title, and a link that opens it. */
export function quotationOf(
  passage: { readonly text: string; readonly locator: Locator },
  { title, authors, chapter, language, url }: QuotationSource,
): string {
  const chinese = /^zh\b/i.test(language)
  const link = `${url}?${placeQuery(passage.locator)}`
  const quoted = `“${passage.text.trim()}”`
  if (chinese) {
    const source = `${authors.join('、')}《${title}》${chapter ? `，${chapter}` : ''}`
    return `${quoted}\n——${source}\n${link}`
  }
  const source = [title, authors.join(', '), chapter].filter(Boolean).join(', ')
  return `${quoted}\n— ${source}\n${link}`
}

/** The place as the reader's address takes it. */
export function placeQuery(locator: Locator): string {
  const query = new URLSearchParams()
  if (locator.type === 'epub') query.set('cfi', locator.cfi)
  else query.set('page', String(locator.page + 1))
  return query.toString()
}
