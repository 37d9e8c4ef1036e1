import { TooltipProvider } from '@stoa/ui'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LIST_WIDTH, usePreferences } from '../data/preferences.ts'
import { syncStatus } from '../data/sync.ts'
import { ListColumn } from './bars.tsx'
import { Page } from './page.tsx'

const usual = usePreferences.getState()
let width = 1440

beforeEach(() => {
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => {
    const most = Number(/max-width: (\d+)px/.exec(query)?.[1])
    return Object.assign(new EventTarget(), {
      matches: width <= most,
      media: query,
      onchange: null,
      addListener() {},
      removeListener() {},
    })
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  width = 1440
  usePreferences.setState(usual, true)
  act(() => syncStatus.report('test', undefined))
})

const list = <ListColumn title="Shelves">Novels</ListColumn>
const show = (page: React.ReactElement) => render(<TooltipProvider>{page}</TooltipProvider>)

describe('Page', () => {
  it('has a list, a stage and a side, each a landmark', () => {
    show(
      <Page list={list} listTitle="Shelves" side="Notes here">
        Walden
      </Page>,
    )
    expect(screen.getByRole('main').textContent).toBe('Walden')
    const sides = screen
      .getAllByRole('complementary')
      .map(({ ariaLabel, textContent }) => [ariaLabel, textContent])
    expect(sides[1]).toEqual(['Side panel', 'Notes here'])
    expect(screen.getByRole('complementary', { name: 'Shelves' }).textContent).toContain('Novels')
  })

  it('makes the list wider and narrower by keys, within bounds, and restores it', () => {
    show(
      <Page list={list} listTitle="Shelves">
        Walden
      </Page>,
    )
    const edge = screen.getByRole('separator')
    for (let i = 0; i < 30; i++) fireEvent.keyDown(edge, { key: 'ArrowRight' })
    expect(usePreferences.getState().listWidth).toBe(LIST_WIDTH.max)
    fireEvent.keyDown(edge, { key: 'ArrowLeft' })
    expect(edge.getAttribute('aria-valuenow')).toBe(String(LIST_WIDTH.max - 16))
    fireEvent.doubleClick(edge)
    expect(usePreferences.getState().listWidth).toBe(LIST_WIDTH.usual)
  })

  it('folds the list away', () => {
    usePreferences.setState({ listHidden: true })
    show(
      <Page list={list} listTitle="Shelves">
        Walden
      </Page>,
    )
    expect(screen.queryByText('Novels')).toBeNull()
  })

  it('turns the side into a sheet that Escape closes where there is no room beside the stage', () => {
    width = 900
    const onCloseSide = vi.fn()
    show(
      <Page side="Notes here" onCloseSide={onCloseSide}>
        Walden
      </Page>,
    )
    const sheet = screen.getByRole('dialog', { name: 'Side panel' })
    expect(sheet.textContent).toContain('Notes here')
    fireEvent.keyDown(sheet, { key: 'Escape' })
    expect(onCloseSide).toHaveBeenCalled()
  })
})

describe('the mark of saving', () => {
  it('says what waits and what failed, and tries again', () => {
    const retry = vi.fn()
    show(
      <Page list={list} listTitle="Shelves">
        Walden
      </Page>,
    )
    const mark = () => screen.getByRole('status').textContent
    expect(mark()).toBe('Saved')
    act(() => syncStatus.report('test', { saving: 1, waiting: 0, failed: 0 }))
    expect(mark()).toBe('Saving')
    act(() => syncStatus.report('test', { saving: 0, waiting: 3, failed: 0 }))
    expect(mark()).toBe('3 waiting')
    act(() => syncStatus.report('test', { saving: 0, waiting: 3, failed: 1, retry }))
    expect(mark()).toContain('1 not saved')
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(retry).toHaveBeenCalledOnce()
  })
})
