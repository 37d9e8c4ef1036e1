import type { components } from '@stoa/contracts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import type { LibraryComponents } from '../components.ts'
import { bookNotReady } from '../errors.ts'
import type { TocItem } from '../formats/types.ts'
import { visibleBook } from '../scope.ts'
import { findContent } from '../store/contents.ts'
import { locatorView } from '../views.ts'

type Entry = components['schemas']['ContentsEntry']

function entryOf(item: TocItem): Entry {
  return {
    title: item.title,
    href: item.href ?? null,
    locator: item.locator ? locatorView(item.locator) : null,
    children: item.children.map(entryOf),
  }
}

export const getBookContents = (components: LibraryComponents): Operation =>
  operation('getBookContents', (request) =>
    request.read(async (tx) => {
      const book = await visibleBook(components, tx, request.context, request.params.book_id)
      const content = await findContent(tx, book.content_id)
      if (!content) throw notFound('book')
      if (content.analysed_at === null) throw bookNotReady()
      const sections = content.sections.map((section) => ({
        index: section.index,
        href: section.href === '' ? null : section.href,
        title: section.title ?? null,
        characters: section.characters,
      }))
      const body = { entries: content.toc.map(entryOf), sections, page_labels: content.page_labels }
      return { status: 200, body }
    }),
  )
