import type { SomeFixtures } from './fixture.ts'
import { locator } from './reading.ts'
import { type Caller, newId, type World } from './world.ts'

type AnnotationOperation =
  | 'listHighlights'
  | 'createHighlight'
  | 'getHighlight'
  | 'updateHighlight'
  | 'deleteHighlight'
  | 'restoreHighlight'
  | 'listNotes'
  | 'createNote'
  | 'getNote'
  | 'updateNote'
  | 'deleteNote'
  | 'restoreNote'
  | 'listAnnotationChanges'
  | 'exportAnnotations'
  | 'listTags'

const newHighlight = ({ book }: World) => ({
  id: newId(),
  book_id: book.id,
  locator,
  quote: { exact: 'A book' },
  color: 'amber' as const,
})

const newNote = ({ book }: World) => ({ id: newId(), book_id: book.id, body: 'A thought' })

const highlight = (world: World, { client }: Caller) =>
  client.call('createHighlight', { body: newHighlight(world) })
const note = (world: World, { client }: Caller) => client.call('createNote', { body: newNote(world) })

const highlightPath = async (world: World, caller: Caller) => ({
  path: { highlight_id: (await highlight(world, caller)).id },
})
const notePath = async (world: World, caller: Caller) => ({
  path: { note_id: (await note(world, caller)).id },
})

export const annotations: SomeFixtures<AnnotationOperation> = {
  listHighlights: { stranger: 'own data', call: () => ({ input: {} }) },
  createHighlight: { stranger: 'not found', call: (world) => ({ input: { body: newHighlight(world) } }) },
  getHighlight: { stranger: 'not found', call: async (...who) => ({ input: await highlightPath(...who) }) },
  updateHighlight: {
    stranger: 'not found',
    call: async (...who) => {
      const { id, version } = await highlight(...who)
      return { input: { path: { highlight_id: id }, body: { version, color: 'sky' } } }
    },
  },
  deleteHighlight: {
    stranger: 'not found',
    call: async (...who) => ({ input: await highlightPath(...who) }),
  },
  restoreHighlight: {
    stranger: 'not found',
    call: async (world, caller) => {
      const input = await highlightPath(world, caller)
      await caller.client.call('deleteHighlight', input)
      return { input }
    },
  },
  listNotes: { stranger: 'own data', call: () => ({ input: {} }) },
  createNote: { stranger: 'not found', call: (world) => ({ input: { body: newNote(world) } }) },
  getNote: { stranger: 'not found', call: async (...who) => ({ input: await notePath(...who) }) },
  updateNote: {
    stranger: 'not found',
    call: async (...who) => {
      const { id, version } = await note(...who)
      return { input: { path: { note_id: id }, body: { version, body: 'A better thought' } } }
    },
  },
  deleteNote: { stranger: 'not found', call: async (...who) => ({ input: await notePath(...who) }) },
  restoreNote: {
    stranger: 'not found',
    call: async (world, caller) => {
      const input = await notePath(world, caller)
      await caller.client.call('deleteNote', input)
      return { input }
    },
  },
  listAnnotationChanges: { stranger: 'own data', call: () => ({ input: {} }) },
  exportAnnotations: { stranger: 'own data', call: () => ({ input: { query: { format: 'markdown' } } }) },
  listTags: { stranger: 'own data', call: () => ({ input: {} }) },
}
