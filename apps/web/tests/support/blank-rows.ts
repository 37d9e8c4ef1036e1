import type { Page } from 'playwright-core'

/** What the frames of a stretch of scrolling showed. */
export interface Scrolled {
  readonly frames: number
  /** Frames in which a place on screen had nothing at all. */
  readonly blank: number
  /** Frames in which a place on screen had only the outline of a book that was on its way. */
  readonly outlined: number
}

declare global {
  interface Window {
    scrolled?: { frames: number; blank: number; outlined: number; stop: boolean }
  }
}

/** Looks at every frame of the library while `scroll` runs. `count`: how many books there are. */
export async function watchRows(page: Page, count: number, scroll: () => Promise<void>): Promise<Scrolled> {
  await page.evaluate((count) => {
    const seen = { frames: 0, blank: 0, outlined: 0, stop: false }
    window.scrolled = seen
    const look = () => {
      if (seen.stop) return
      const scroller = document.querySelector('.lib')
      const list = document.querySelector<HTMLElement>('.grid[data-columns], .brows')
      if (scroller && list) {
        const columns = Number(list.dataset.columns ?? 1)
        const rows = Math.ceil(count / columns)
        const height = list.offsetHeight / rows
        const view = scroller.getBoundingClientRect()
        const top = list.getBoundingClientRect().top
        const first = Math.max(0, Math.floor((view.top - top) / height))
        const last = Math.min(rows - 1, Math.floor((view.bottom - top - 1) / height))
        const cells = Array.from(list.querySelectorAll('.bk, .brow'), (cell) => ({
          cell,
          row: Math.floor((cell.getBoundingClientRect().top - top + 2) / height),
        })).filter(({ row }) => row >= first && row <= last)
        const wanted = Math.min(count, (last + 1) * columns) - first * columns
        seen.frames++
        if (cells.length < wanted) seen.blank++
        if (cells.some(({ cell }) => cell.classList.contains('ghost'))) seen.outlined++
      }
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, count)
  await scroll()
  return page.evaluate(() => {
    const { frames = 0, blank = 0, outlined = 0 } = window.scrolled ?? {}
    if (window.scrolled) window.scrolled.stop = true
    return { frames, blank, outlined }
  })
}
