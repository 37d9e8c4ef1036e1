import type { TiptapEditorHTMLElement } from '@tiptap/core'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** The text of the document that is open. */
export const text = (page: Page): Locator => page.locator('.doc-text .tiptap')

/** It is on screen a moment before it can be written in; what is pressed then goes nowhere. */
const writable = (page: Page): Promise<void> =>
  text(page).and(page.locator('[contenteditable=true]')).waitFor()

/**
 * Puts the caret before or after everything, and waits until the editor knows. One that has just been given the focus puts
 * back its own caret when it hears of both at once: then the key is pressed again.
 */
export async function caretTo(page: Page, end: 'Home' | 'End'): Promise<void> {
  await writable(page)
  const isThere = (element: Element, wanted: 'Home' | 'End') => {
    const state = (element as TiptapEditorHTMLElement).editor?.state
    if (!state || state.selection.from !== state.selection.to) return false
    // The first and the last place of a text that begins and ends with a paragraph or a heading.
    return state.selection.from === (wanted === 'Home' ? 1 : state.doc.content.size - 1)
  }
  await expect
    .poll(async () => {
      await text(page).press(`ControlOrMeta+${end}`)
      return text(page).evaluate(isThere, end)
    })
    .toBe(true)
}

/** Selects some words as the browser does, and waits until the editor knows. */
export async function select(page: Page, words: string): Promise<void> {
  await writable(page)
  const chosen = (element: Element, wanted: string) => {
    const state = (element as TiptapEditorHTMLElement).editor?.state
    const known = state?.doc.textBetween(state.selection.from, state.selection.to)
    if (known === wanted) return known
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      getSelection()?.removeAllRanges()
      getSelection()?.addRange(range)
      return known
    }
    throw new Error(`no ${wanted}`)
  }
  await expect.poll(() => text(page).evaluate(chosen, words)).toBe(words)
}
