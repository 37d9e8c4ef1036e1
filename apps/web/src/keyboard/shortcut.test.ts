import { describe, expect, it } from 'vitest'
import { pressName, SEQUENCE_MS, ShortcutReader } from './shortcut.ts'

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', true>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})
const KNOWN = new Set(['g l', 'g n', 'mod+k', '?', 'j', 'g'])

describe('shortcuts', () => {
  it('names presses the same on every system', () => {
    expect(pressName(press('k', { metaKey: true }), true)).toBe('mod+k')
    expect(pressName(press('k', { ctrlKey: true }), false)).toBe('mod+k')
    expect(pressName(press('K', { ctrlKey: true, shiftKey: true }), false)).toBe('mod+k')
    expect(pressName(press('?', { shiftKey: true }), false)).toBe('?')
    expect(pressName(press('ArrowDown', { shiftKey: true }), false)).toBe('shift+arrowdown')
    expect(pressName(press(' '), false)).toBe('space')
  })

  it('reads single keys and sequences', () => {
    const reader = new ShortcutReader()
    const known = new Set(['g l', 'j'])
    expect(reader.read('j', 0, known)).toBe('j')
    expect(reader.read('g', 10, known)).toBeUndefined()
    expect(reader.read('l', 200, known)).toBe('g l')
    expect(reader.read('l', 300, known)).toBeUndefined()
  })

  it('forgets a sequence that is not finished in time', () => {
    const reader = new ShortcutReader()
    const known = new Set(['g l'])
    reader.read('g', 0, known)
    expect(reader.read('l', SEQUENCE_MS + 1, known)).toBeUndefined()
  })

  it('falls back to the key alone when the sequence means nothing', () => {
    const reader = new ShortcutReader()
    expect(reader.read('g', 0, new Set(['g l', 'j']))).toBeUndefined()
    expect(reader.read('j', 50, new Set(['g l', 'j']))).toBe('j')
  })

  it('prefers the whole shortcut to the beginning of a longer one', () => {
    expect(new ShortcutReader().read('g', 0, KNOWN)).toBe('g')
  })
})
