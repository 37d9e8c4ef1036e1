import { withoutLinks } from './composer/mentions.ts'

/** A message on one line without the signs of Markdown, for lists. Linear in the text. */
export const plainWords = (body: string): string =>
  withoutLinks(body)
    .text.replace(/!?\[([^\][\n]{0,500})\]\([^()\s]{0,2000}\)/g, '$1')
    .replace(/^[ \t]{0,3}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])[ \t]+/gm, '')
    .replace(/[*_~`]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
