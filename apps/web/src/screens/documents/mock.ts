import { DOCUMENT_FRAGMENT, documentUpdate, toDocument } from '@stoa/document-schema'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { CommentThread, DocumentInfo, DocumentSummary, DocumentVersion } from '../../data/documents.ts'
import { ago, uuid } from '../../testing/mock/account.ts'
import type { MockHandlers } from '../../testing/mock-api.ts'
import { person, members as roomMembers } from '../rooms/mock.ts'
import { toBase64Url } from './comments/anchors.ts'
import type { ContentNode } from './content.ts'

/** A document as its owner sees it, for tests and screenshots. */
export const info = (n: number, title: string, given: Partial<DocumentInfo> = {}): DocumentInfo => ({
  ...{ id: uuid(700 + n), workspace_id: uuid(50), title, visibility: 'workspace', workspace_access: 'write' },
  ...{ book: null, role: 'owner', starred: false, excerpt: '', word_count: 0, open_threads: 0, version: 1 },
  ...{ edited_by: person(2), created_by: person(1), edited_at: ago(n * 47), created_at: ago(9000) },
  can: { comment: true, write: true, manage: true },
  trashed_at: null,
  ...given,
})

export const thread = (
  n: number,
  anchor: CommentThread['anchor'],
  said: readonly (readonly [by: Parameters<typeof person>[0], minutes: number, body: string])[],
  given: Partial<CommentThread> = {},
): CommentThread => ({
  ...{ id: uuid(7300 + n), document_id: uuid(701), anchor, resolved_at: null, resolved_by: null, version: 1 },
  comments: said.map(([by, minutes, body], index) => ({
    ...{
      id: uuid(7300 + n + index * 100),
      thread_id: uuid(7300 + n),
      author: person(by),
      body,
      mentions: [],
    },
    ...{ version: 1, created_at: ago(minutes), edited_at: null },
  })),
  ...{ comment_count: said.length, created_at: ago(said[0]?.[1] ?? 0), updated_at: ago(1) },
  ...given,
})

export const version = (
  n: number,
  minutes: number,
  given: Partial<DocumentVersion> = {},
): DocumentVersion => ({
  ...{ id: uuid(7600 + n), kind: 'automatic', name: null, authors: [person(2)], word_count: 240 },
  ...{ words_added: 96, words_removed: 3, collisions: [], created_at: ago(minutes) },
  ...given,
})

interface Mocked {
  readonly documents: readonly DocumentInfo[]
  readonly content?: ContentNode
  readonly threads?: readonly CommentThread[]
  readonly versions?: readonly DocumentVersion[]
  /** What a version said. */
  readonly before?: ContentNode
}

/** Answers of a server that has these documents. */
export function documentHandlers({
  documents,
  content,
  threads = [],
  versions = [],
  before,
}: Mocked): MockHandlers {
  const found = (id: string | undefined) =>
    documents.find((one) => one.id === id) ?? documents[0] ?? info(0, '')
  const list = (wanted: (one: DocumentInfo) => boolean): DocumentSummary[] =>
    documents.filter(wanted).map(({ workspace_access: _, book: __, role: ___, ...rest }) => rest)
  const page = <Item>(items: Item[]) => ({ status: 200 as const, body: { items, next_cursor: null } })
  return {
    listDocuments: ({ query }) => {
      const trashed = query.get('trashed') === 'true'
      const starred = query.get('starred') === 'true'
      return page(list((one) => (one.trashed_at !== null) === trashed && (!starred || one.starred)))
    },
    getDocument: ({ params }) => ({ status: 200, body: found(params.document_id) }),
    listDocumentTemplates: () => ({
      status: 200,
      body: {
        items: [
          {
            id: 'meeting-notes',
            name: 'Meeting notes',
            description: 'Who was there, what was decided',
            title: '',
            markdown: '',
          },
          {
            id: 'reading-notes',
            name: 'Reading notes',
            description: 'Passages and what one makes of them',
            title: '',
            markdown: '',
          },
        ],
      },
    }),
    listDocumentMentions: () => page([]),
    listCommentThreads: ({ params }) =>
      page(threads.filter(({ document_id }) => document_id === params.document_id)),
    listDocumentVersions: () => page([...versions]),
    getDocumentVersion: ({ params }) => ({
      status: 200,
      body: {
        version: versions.find(({ id }) => id === params.version_id) ?? version(0, 0),
        content: { ...(before ?? content) },
        markdown: '',
        previous_id: null,
      },
    }),
    listDocumentMembers: () =>
      page(
        roomMembers.slice(0, 3).map(({ person: who, joined_at }, index) => ({
          ...{
            person: who,
            role: index === 0 ? ('owner' as const) : ('writer' as const),
            added_at: joined_at,
          },
        })),
      ),
    createDocumentTicket: ({ body }) => ({
      status: 201,
      body: { ticket: 'mock', path: `/yjs/${body.document_id}`, mode: 'write', expires_at: ago(-1) },
    }),
  }
}

/** The Yjs update from which a document comes to say this. */
export const updateOf = (content: ContentNode): Uint8Array => documentUpdate(toDocument(content))

/** Where some words stand in the document that comes from an update, as a comment is anchored. */
export function anchorIn(update: Uint8Array, words: string): NonNullable<CommentThread['anchor']> {
  const [start, end] = placesOf(update, words).map((place) => toBase64Url(Y.encodeRelativePosition(place)))
  return { start: start ?? '', end: end ?? '', quote: { exact: words, prefix: '', suffix: '' } }
}

/** Before and after some words. */
function placesOf(update: Uint8Array, words: string): Y.RelativePosition[] {
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, update)
  const walk = (parent: Y.XmlFragment): Y.RelativePosition[] =>
    parent.toArray().flatMap((child) => {
      if (child instanceof Y.XmlElement) return walk(child)
      if (!(child instanceof Y.XmlText)) return []
      const plain = (child.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('')
      const at = plain.indexOf(words)
      if (at < 0) return []
      return [at, at + words.length].map((index) => Y.createRelativePositionFromTypeIndex(child, index))
    })
  return walk(ydoc.getXmlFragment(DOCUMENT_FRAGMENT)).slice(0, 2)
}

/** Others whose carets stand behind some words. */
export function writersIn(
  update: Uint8Array,
  writers: readonly (readonly [by: Parameters<typeof person>[0], after: string])[],
): Uint8Array {
  const all = new Awareness(new Y.Doc())
  const clients = writers.map(([by, after], index) => {
    const clientId = 1000 + index
    const place = placesOf(update, after)[1]
    const { account_id, display_name } = person(by)
    const state = { account_id, user: { name: display_name }, cursor: { anchor: place, head: place } }
    all.states.set(clientId, state)
    all.meta.set(clientId, { clock: 1, lastUpdated: 0 })
    return clientId
  })
  const encoded = encodeAwarenessUpdate(all, clients)
  all.destroy()
  return encoded
}
