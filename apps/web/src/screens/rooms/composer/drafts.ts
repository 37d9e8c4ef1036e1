import type { MessageDraft } from '@stoa/sdk'
import { createStore } from 'zustand'
import type { Attachment } from '../../../data/rooms.ts'
import { type Named, withLinks } from './mentions.ts'

type NewCitation = NonNullable<MessageDraft['citations']>[number]
type NewQuote = NonNullable<MessageDraft['quotes']>[number]

/** A passage that will be sent, with what its card shows until then. */
export interface DraftCitation {
  readonly citation: NewCitation
  readonly title: string
  readonly authors: readonly string[]
}
/** Something written elsewhere that will be quoted. */
export interface DraftQuote {
  readonly quote: NewQuote
  readonly author: string
  readonly text: string
}

/** What is being written in one room or thread. */
export interface Draft {
  readonly text: string
  readonly named: readonly Named[]
  readonly citations: readonly DraftCitation[]
  readonly quotes: readonly DraftQuote[]
  readonly attachments: readonly Attachment[]
}

export const NO_DRAFT: Draft = { text: '', named: [], citations: [], quotes: [], attachments: [] }

/** As many as the contract takes of each. */
const MOST = 5

export const isEmpty = (draft: Draft): boolean =>
  draft.text.trim() === '' && draft.citations.length + draft.quotes.length + draft.attachments.length === 0

/** Where a draft is kept: per account, organisation, room and thread. */
export const draftKey = (place: string, roomId: string, rootId?: string): string =>
  `stoa.draft.${place}.${roomId}${rootId === undefined ? '' : `.${rootId}`}`

interface Drafts {
  readonly byKey: Readonly<Record<string, Draft>>
}

/** Drafts of this device: kept with every stroke, so that closing the page loses nothing. */
export const drafts = createStore<Drafts>(() => ({ byKey: {} }))

export function readDraft(key: string): Draft {
  const held = drafts.getState().byKey[key]
  if (held) return held
  const draft = parse(localStorage.getItem(key))
  drafts.setState(({ byKey }) => ({ byKey: { ...byKey, [key]: draft } }))
  return draft
}

export function changeDraft(key: string, change: Partial<Draft>): void {
  const draft = { ...readDraft(key), ...change }
  drafts.setState(({ byKey }) => ({ byKey: { ...byKey, [key]: draft } }))
  if (isEmpty(draft)) localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify(draft))
}

/** Adds a passage; the same one once. */
export function citeInDraft(key: string, added: DraftCitation): void {
  const { citations } = readDraft(key)
  const same = ({ citation }: DraftCitation) =>
    citation.book_id === added.citation.book_id && citation.quote.exact === added.citation.quote.exact
  if (!citations.some(same)) changeDraft(key, { citations: [...citations, added].slice(-MOST) })
}

export function quoteInDraft(key: string, added: DraftQuote): void {
  const { quotes } = readDraft(key)
  if (!quotes.some(({ quote }) => quote.id === added.quote.id))
    changeDraft(key, { quotes: [...quotes, added].slice(-MOST) })
}

/** What is sent of a draft. */
export function messageOf(draft: Draft, rootId: string | undefined): MessageDraft {
  const { citations, quotes, attachments } = draft
  return {
    body: withLinks(draft.text.trim(), draft.named),
    ...(rootId !== undefined && { thread_root_id: rootId }),
    ...(citations.length > 0 && { citations: citations.map(({ citation }) => citation) }),
    ...(quotes.length > 0 && { quotes: quotes.map(({ quote }) => quote) }),
    ...(attachments.length > 0 && { attachment_ids: attachments.map(({ id }) => id) }),
  }
}

function parse(kept: string | null): Draft {
  try {
    const draft: unknown = JSON.parse(kept ?? 'null')
    return typeof draft === 'object' && draft !== null ? { ...NO_DRAFT, ...draft } : NO_DRAFT
  } catch {
    return NO_DRAFT
  }
}
