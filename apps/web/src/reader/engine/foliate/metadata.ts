import type { BookMetadata } from '../book-view.ts'
import type { FoliateMetadata } from './foliate-types.ts'

/** foliate-js gives strings, language maps, contributors or lists of them; this is one shape. */
export function metadataOf(metadata: FoliateMetadata = {}): BookMetadata {
  const title = textOf(metadata.title)
  const identifier = textOf(metadata.identifier)
  const publisher = textOf(metadata.publisher)
  return {
    ...(title ? { title } : {}),
    authors: listOf(metadata.author),
    languages: listOf(metadata.language),
    ...(identifier ? { identifier } : {}),
    ...(publisher ? { publisher } : {}),
  }
}

function listOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.map(textOf).filter((text) => text !== '')
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value !== 'object' || value === null) return ''
  if ('name' in value) return textOf(value.name)
  return textOf(Object.values(value)[0])
}
