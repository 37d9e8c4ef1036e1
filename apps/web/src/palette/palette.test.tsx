import { TooltipProvider } from '@stoa/ui'
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { BookOpen } from 'lucide-react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { actions } from '../keyboard/actions.ts'
import { matchActions, matchScore } from './match-actions.ts'
import { Palette } from './palette.tsx'
import { closePalette, openPalette } from './palette-state.ts'
import { type Answer, registerSearchProvider } from './providers.ts'

const goLibrary = vi.fn()
const goNotes = vi.fn()
const openHit = vi.fn()
const openBeside = vi.fn()
const leave: (() => void)[] = []

function hit(id: string, title: string) {
  return {
    id,
    title,
    icon: BookOpen,
    open: () => openHit(id),
    openBeside: () => openBeside(id),
    preview: () => `About ${title}`,
  }
}

beforeEach(() => {
  leave.push(
    actions.add([
      { id: 'go.library', group: 'go', label: 'Go to the library', run: goLibrary },
      { id: 'go.notes', group: 'go', label: 'Go to notes', keywords: 'highlights 划线', run: goNotes },
      { id: 'list.next', group: 'list', label: 'Next', shortcut: 'j', keysOnly: true, run: vi.fn() },
    ]),
  )
  render(
    <TooltipProvider>
      <Palette />
    </TooltipProvider>,
  )
  act(() => openPalette())
})

afterEach(() => {
  act(() => closePalette())
  for (const undo of leave.splice(0)) undo()
  vi.clearAllMocks()
})

const box = () => screen.getByRole('combobox')
const type = (value: string) => fireEvent.change(box(), { target: { value } })
const options = () => screen.queryAllByRole('option').map((option) => option.textContent)
const selected = () =>
  screen.getAllByRole('option').find((option) => option.ariaSelected === 'true')?.textContent

describe('the palette', () => {
  it('offers the actions of the screen, without those that are only keys', () => {
    expect(options()).toEqual(['Go to the library', 'Go to notes'])
  })

  it('finds actions by words and by other words for them, and runs the chosen one', () => {
    type('划线')
    expect(options()).toEqual(['Go to notes'])
    fireEvent.keyDown(box(), { key: 'Enter' })
    expect(goNotes).toHaveBeenCalledOnce()
    expect(screen.queryByRole('combobox')).toBeNull()
  })

  it('moves with the arrows, around the ends, and says which line is chosen', () => {
    expect(selected()).toBe('Go to the library')
    fireEvent.keyDown(box(), { key: 'ArrowUp' })
    expect(selected()).toBe('Go to notes')
    const id = screen.getAllByRole('option')[1]?.id
    expect(box().getAttribute('aria-activedescendant')).toBe(id)
  })

  it('does not take Enter while a Chinese word is being composed', () => {
    fireEvent.keyDown(box(), { key: 'Enter', isComposing: true })
    expect(goLibrary).not.toHaveBeenCalled()
  })

  it('shows what providers find above the actions, with a preview, and opens it here or beside', async () => {
    act(() => {
      leave.push(
        registerSearchProvider({
          id: 'test',
          search: async (query) => ({
            groups: [{ id: 'books', label: 'Books', total: 1204, hits: [hit('1', `${query}!`)] }],
          }),
        }),
      )
    })
    type('library')
    await waitFor(() => expect(options()).toEqual(['library! ', 'Go to the library']))
    expect(screen.getByText('1,204')).toBeDefined()
    expect(screen.getByText('About library!')).toBeDefined()
    fireEvent.keyDown(box(), { key: 'Enter', shiftKey: true })
    expect(openBeside).toHaveBeenCalledWith('1')
  })

  it('drops the answer to an older query and says when the search fails', async () => {
    const signals = new Map<string, AbortSignal>()
    const search = (query: string, signal: AbortSignal): Promise<Answer> => {
      signals.set(query, signal)
      return query === 'slow' ? new Promise(() => {}) : Promise.reject(new Error('down'))
    }
    act(() => {
      leave.push(registerSearchProvider({ id: 'test', search }))
    })
    type('slow')
    await waitFor(() => expect(signals.has('slow')).toBe(true))
    expect(screen.getByText(/Searching/)).toBeDefined()
    type('zzz')
    await waitFor(() => expect(screen.getByText(/did not answer/)).toBeDefined())
    expect(signals.get('slow')?.aborted).toBe(true)
  })
})

describe('matching actions', () => {
  it('ranks the beginning of the text over a later word over the middle of one', () => {
    const scores = ['Notes of mine', 'My notes', 'Denotes', 'Library'].map((text) =>
      matchScore(text, 'notes'),
    )
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(scores[3]).toBe(0)
  })

  it('puts what this screen can do before what every screen can', () => {
    const list = ['app', 'go', 'act'].map((group) => ({
      id: group,
      label: group,
      group: group as 'app',
      run: vi.fn(),
    }))
    expect(matchActions(list, '').map(({ id }) => id)).toEqual(['act', 'go', 'app'])
  })
})
