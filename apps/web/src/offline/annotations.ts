import { api, ok } from '../data/api.ts'
import type { OfflineDatabase } from './database.ts'
import type {
  Highlight,
  HighlightFields,
  LocalHighlight,
  LocalNote,
  NewHighlight,
  NewNote,
  Note,
  NoteFields,
  Write,
} from './types.ts'

interface Author {
  readonly accountId: string
  readonly displayName: string
}

/**
 * Highlights and notes as this device has them: every change is here first and goes to the server by the outbox. What the
 * server has comes in by its sequence of changes; a row with a write of ours still waiting is left as we see it.
 */
export class Annotations {
  readonly #database: OfflineDatabase
  readonly #author: Author
  readonly #write: (write: Write) => Promise<void>

  constructor(database: OfflineDatabase, author: Author, write: (write: Write) => Promise<void>) {
    this.#database = database
    this.#author = author
    this.#write = write
  }

  async createHighlight(made: NewHighlight, book: { title: string; workspaceId: string }): Promise<void> {
    const { highlights } = this.#database
    await highlights.put({
      ...this.#fresh(made),
      id: made.id,
      book_id: made.book_id,
      book_title: book.title,
      workspace_id: book.workspaceId,
      locator: made.locator,
      quote: made.quote,
      chapter: made.chapter ?? null,
      color: made.color,
      note: made.note ?? null,
      anchor_status: 'exact',
    })
    await this.#write({ kind: 'highlight.create', body: made })
  }

  async changeHighlight(id: string, changes: Partial<HighlightFields>): Promise<void> {
    const { highlights } = this.#database
    const row = await highlights.get(id)
    if (!row) return
    await highlights.update(id, { ...changes, pending: true, updated_at: new Date().toISOString() })
    await this.#write({
      kind: 'highlight.update',
      id,
      version: row.version,
      base: pick(row, changes),
      changes,
    })
  }

  async removeHighlight(id: string): Promise<void> {
    await this.#database.highlights.update(id, { deleted_at: new Date().toISOString(), pending: true })
    await this.#write({ kind: 'highlight.delete', id })
  }

  async restoreHighlight(id: string): Promise<void> {
    await this.#database.highlights.update(id, { deleted_at: null, pending: true })
    await this.#write({ kind: 'highlight.restore', id })
  }

  async createNote(made: NewNote, place: { title: string | null; workspaceId: string }): Promise<void> {
    await this.#database.notes.put({
      ...this.#fresh(made),
      id: made.id,
      workspace_id: place.workspaceId,
      book_id: made.book_id ?? null,
      book_title: place.title,
      highlight_id: made.highlight_id ?? null,
      locator: made.locator ?? null,
      quote: made.quote ?? null,
      title: made.title ?? null,
      body: made.body,
    })
    await this.#write({ kind: 'note.create', body: made })
  }

  async changeNote(id: string, changes: Partial<NoteFields>): Promise<void> {
    const { notes } = this.#database
    const row = await notes.get(id)
    if (!row) return
    await notes.update(id, { ...changes, pending: true, updated_at: new Date().toISOString() })
    await this.#write({ kind: 'note.update', id, version: row.version, base: pick(row, changes), changes })
  }

  async removeNote(id: string): Promise<void> {
    await this.#database.notes.update(id, { deleted_at: new Date().toISOString(), pending: true })
    await this.#write({ kind: 'note.delete', id })
  }

  async restoreNote(id: string): Promise<void> {
    await this.#database.notes.update(id, { deleted_at: null, pending: true })
    await this.#write({ kind: 'note.restore', id })
  }

  /** What the server made of one of our writes. Later writes of ours that wait stay shown on top of it. */
  async savedHighlight(saved: Highlight): Promise<void> {
    const { highlights } = this.#database
    const shown = await highlights.get(saved.id)
    const later = await this.#stepOn(`highlight:${saved.id}`, saved.version)
    const overlay =
      later > 1 && shown ? pick(shown, { color: 0, note: 0, tags: 0, visibility: 0, deleted_at: 0 }) : {}
    await highlights.put({ ...saved, ...overlay, pending: later > 1 })
  }

  async savedNote(saved: Note): Promise<void> {
    const { notes } = this.#database
    const shown = await notes.get(saved.id)
    const later = await this.#stepOn(`note:${saved.id}`, saved.version)
    const overlay =
      later > 1 && shown ? pick(shown, { title: 0, body: 0, tags: 0, visibility: 0, deleted_at: 0 }) : {}
    await notes.put({ ...saved, ...overlay, pending: later > 1 })
  }

  /** Takes over what changed on the server since the last time. */
  async pull(signal?: AbortSignal): Promise<void> {
    const { facts, highlights, notes } = this.#database
    for (let more = true; more && !signal?.aborted; ) {
      const after = (await facts.get('annotations.after'))?.value
      const query = { limit: 200, ...(after !== undefined && { after }) }
      const init = { params: { query }, ...(signal && { signal }) }
      const page = await ok(api.GET('/api/v1/annotations/changes', init))
      const busy = new Set((await this.#database.outbox.toArray()).map((entry) => entry.target))
      const idle = <Row extends { id: string }>(kind: string, rows: readonly Row[]) =>
        rows.filter((row) => !busy.has(`${kind}:${row.id}`)).map((row) => ({ ...row, pending: false }))
      await this.#database.transaction('rw', highlights, notes, facts, async () => {
        await highlights.bulkPut(idle('highlight', page.highlights) as LocalHighlight[])
        await notes.bulkPut(idle('note', page.notes) as LocalNote[])
        await facts.put({ key: 'annotations.after', value: page.next_after })
      })
      more = page.more
    }
  }

  /**
   * The server took our write as it was, so what we wrote after it stands on the version it made of that. Gives how many entries
   * there are, the one that was sent among them.
   */
  #stepOn(target: string, version: number): Promise<number> {
    return this.#database.outbox
      .where('target')
      .equals(target)
      .modify(({ write }) => {
        if ('version' in write) Object.assign(write, { version })
      })
  }

  #fresh(made: {
    readonly created_at: string
    readonly tags?: string[]
    readonly visibility?: Note['visibility']
  }) {
    return {
      tags: made.tags ?? [],
      visibility: made.visibility ?? ('private' as const),
      author: { account_id: this.#author.accountId, display_name: this.#author.displayName },
      mine: true,
      version: 1,
      created_at: made.created_at,
      updated_at: made.created_at,
      deleted_at: null,
      pending: true,
    }
  }
}

function pick<From extends object>(from: From, like: object): Partial<From> {
  return Object.fromEntries(Object.keys(like).map((key) => [key, from[key as keyof From]])) as Partial<From>
}
