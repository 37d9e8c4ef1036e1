import type { Page } from 'playwright-core'

/** What the frames of a stretch of reading showed. */
export interface Read {
  readonly frames: number
  /** Frames in which some height of the window had no message, no day and no sign that one is on its way. */
  readonly blank: number
  /** Longest time between two frames; milliseconds. */
  readonly longest: number
}

declare global {
  interface Window {
    readLines?: { frames: number; blank: number; longest: number; stop: boolean }
  }
}

/** Height that may stay empty between two lines and at the ends; pixels. */
const SLACK = 60

/** Looks at every frame of the open room while `read` runs. */
export async function watchLines(page: Page, read: () => Promise<void>): Promise<Read> {
  await page.evaluate((slack) => {
    const seen = { frames: 0, blank: 0, longest: 0, stop: false }
    window.readLines = seen
    let before: number | undefined
    const isBlank = (): boolean => {
      const view = document.querySelector('.stream')?.getBoundingClientRect()
      if (!view) return true
      let covered = view.top
      const boxes = Array.from(document.querySelectorAll('.stream-line, .stream .older'), (line) =>
        line.getBoundingClientRect(),
      )
      for (const { top, bottom } of boxes.sort((a, b) => a.top - b.top)) {
        if (bottom < view.top || top > view.bottom) continue
        if (top > covered + slack) return true
        covered = Math.max(covered, bottom)
      }
      return covered < view.bottom - slack
    }
    const look = (now: number) => {
      if (seen.stop) return
      seen.frames++
      seen.longest = Math.max(seen.longest, now - (before ?? now))
      before = now
      if (isBlank()) seen.blank++
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, SLACK)
  await read()
  return page.evaluate(() => {
    const { frames = 0, blank = 0, longest = 0 } = window.readLines ?? {}
    if (window.readLines) window.readLines.stop = true
    return { frames, blank, longest }
  })
}
