export type DocumentPanel = 'comments' | 'versions' | 'collisions'
export type DocumentsView = 'starred' | 'mine' | 'mentions' | 'trash'

/** What the address of a document may say besides its id. */
export interface DocumentAddress {
  panel?: DocumentPanel
  /** A thread of comments to be looked at. */
  thread?: string
  /** A version to be looked at. */
  version?: string
}
/** What the address of the list of documents may say. */
export interface DocumentsAddress {
  view?: DocumentsView
  workspace?: string
  q?: string
}

const UUID = /^[0-9a-f-]{36}$/i
const id = (value: unknown): string | undefined =>
  typeof value === 'string' && UUID.test(value) ? value : undefined

const PANELS: readonly unknown[] = ['comments', 'versions', 'collisions'] satisfies DocumentPanel[]
const VIEWS: readonly unknown[] = ['starred', 'mine', 'mentions', 'trash'] satisfies DocumentsView[]
const isPanel = (value: unknown): value is DocumentPanel => PANELS.includes(value)
const isView = (value: unknown): value is DocumentsView => VIEWS.includes(value)

/** Keeps what makes sense of an address that anybody may have typed. */
export function readDocumentAddress(raw: Record<string, unknown>): DocumentAddress {
  const thread = id(raw.thread)
  const version = id(raw.version)
  return {
    ...(isPanel(raw.panel) && { panel: raw.panel }),
    ...(thread && { thread }),
    ...(version && { version }),
  }
}

export function readDocumentsAddress(raw: Record<string, unknown>): DocumentsAddress {
  const workspace = id(raw.workspace)
  return {
    ...(isView(raw.view) && { view: raw.view }),
    ...(workspace && { workspace }),
    ...(typeof raw.q === 'string' && raw.q.trim() !== '' && { q: raw.q.slice(0, 200) }),
  }
}
