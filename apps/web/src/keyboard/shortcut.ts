/** One key press of a shortcut such as `mod+k`, `g l`, `?`. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** `mod` is ⌘ on a Mac, Ctrl elsewhere. Shift counts only for named keys: `?` is `?` on every keyboard. */
export function pressName(press: Press, mac: boolean): string {
  const mod = mac ? press.metaKey : press.ctrlKey
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase()
  const parts = [mod && 'mod', press.altKey && 'alt', press.shiftKey && key.length > 1 && 'shift', key]
  return parts.filter(Boolean).join('+')
}

/** Steps between the presses of a sequence such as `g l` may take this long. */
export const SEQUENCE_MS = 1200

/** Recognises sequences: feed each press with its time, get the shortcut it completes. */
export class ShortcutReader {
  private pending = ''
  private pendingSince = 0

  /** `known` are the bound shortcuts, e.g. `['g l', 'mod+k']`. Returns the one completed by this press. */
  read(press: string, now: number, known: ReadonlySet<string>): string | undefined {
    const sequence =
      this.pending !== '' && now - this.pendingSince <= SEQUENCE_MS ? `${this.pending} ${press}` : press
    this.pending = ''
    for (const candidate of [sequence, press]) {
      if (known.has(candidate)) return candidate
    }
    if ([...known].some((shortcut) => shortcut.startsWith(`${press} `))) {
      this.pending = press
      this.pendingSince = now
    }
    return undefined
  }
}
