const GLYPHS: Readonly<Record<string, { mac: string; other: string }>> = {
  mod: { mac: '⌘', other: 'Ctrl' },
  shift: { mac: '⇧', other: '⇧' },
  alt: { mac: '⌥', other: 'Alt' },
  enter: { mac: '↵', other: '↵' },
  backspace: { mac: '⌫', other: '⌫' },
  escape: { mac: 'esc', other: 'esc' },
  arrowup: { mac: '↑', other: '↑' },
  arrowdown: { mac: '↓', other: '↓' },
  arrowleft: { mac: '←', other: '←' },
  arrowright: { mac: '→', other: '→' },
  tab: { mac: '⇥', other: '⇥' },
}

/** `mod+k` → `⌘K` on a Mac, `Ctrl K` elsewhere; `g l` → `g l`. */
export function formatShortcut(shortcut: string, mac: boolean): string {
  const keys = shortcut.split('+').map((key) => {
    const glyph = GLYPHS[key.toLowerCase()]
    return glyph === undefined ? key : mac ? glyph.mac : glyph.other
  })
  if (keys.length === 1) return keys[0] ?? ''
  const last = keys.pop() ?? ''
  return `${keys.join(mac ? '' : ' ')}${mac ? '' : ' '}${last.length === 1 ? last.toUpperCase() : last}`
}

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')

/** A keyboard shortcut, e.g. `mod+k`, `g l`, `?`. */
export const Kbd = ({ keys, className = '' }: { keys: string; className?: string }) => (
  <kbd className={`kbd ${className}`}>{formatShortcut(keys, isMac())}</kbd>
)
