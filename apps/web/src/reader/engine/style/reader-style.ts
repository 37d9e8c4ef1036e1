export type Flow = 'paginated' | 'scrolled'
export type ReaderTheme = 'light' | 'sepia' | 'dark'

/** How a book looks. Everything but the theme is ignored by fixed layouts and PDF where it cannot apply. */
export interface ReaderStyle {
  readonly flow: Flow
  readonly theme: ReaderTheme
  /** `publisher` keeps the book's own faces. */
  readonly font: 'serif' | 'sans' | 'publisher'
  /** Pixels, 12 to 40. */
  readonly size: number
  /** Line height in em, 1.2 to 2.4; `auto` is 1.65 for Latin, 1.85 for Chinese, 2 for vertical text. */
  readonly leading: number | 'auto'
  /** Space around the text: 0 narrow to 3 wide. */
  readonly margins: 0 | 1 | 2 | 3
  /** Longest line in em, 20 to 60; `auto` is 33 for Latin, 34 for Chinese. */
  readonly measure: number | 'auto'
  readonly justify: boolean | 'auto'
  /** Fine lines between the columns of vertical text, on pages whose lines stand on the grid. */
  readonly rules: boolean
  /** Two pages side by side where there is room. */
  readonly spread: 'auto' | 'single' | 'double'
  /** PDF and fixed layouts: share of natural size, or fitted. */
  readonly zoom: number | 'fit-width' | 'fit-page'
}

export const DEFAULT_STYLE: ReaderStyle = {
  flow: 'paginated',
  theme: 'light',
  font: 'serif',
  size: 19,
  leading: 'auto',
  margins: 1,
  measure: 'auto',
  justify: 'auto',
  rules: true,
  spread: 'auto',
  zoom: 'fit-width',
}

/** Pixels above and below the text by `margins`, where the window is tall enough. */
export const HEAD_PIXELS = [20, 40, 56, 72] as const

/** `base` with the given settings, each brought into its range. */
export function mergeStyle(base: ReaderStyle, change: Partial<ReaderStyle>): ReaderStyle {
  const merged = { ...base, ...change }
  const within = (n: number, low: number, high: number) =>
    Number.isFinite(n) ? Math.min(high, Math.max(low, n)) : low
  return {
    ...merged,
    size: within(merged.size, 12, 40),
    leading: merged.leading === 'auto' ? 'auto' : within(merged.leading, 1.2, 2.4),
    measure: merged.measure === 'auto' ? 'auto' : within(merged.measure, 20, 60),
    zoom: typeof merged.zoom === 'number' ? within(merged.zoom, 0.25, 5) : merged.zoom,
  }
}
