import { type ReadingSettings, USUAL_READING } from '../../../data/reading-settings.ts'
import type { ReaderStyle, ReaderTheme } from '../../../reader/engine/index.ts'

/** Margins in pixels as settings have them, for the engine's four widths. */
export const MARGINS = [16, 48, 80, 128] as const

/** Type on a phone, until somebody chose a size. Pixels. */
const PHONE_SIZE = 18

export interface StyleContext {
  /** Of the app, which `auto` follows. */
  readonly appTheme: 'light' | 'dark'
  readonly phone: boolean
  readonly pdf: { readonly flow: ReaderStyle['flow']; readonly zoom: ReaderStyle['zoom'] } | undefined
}

export const themeOf = (settings: Pick<ReadingSettings, 'theme'>, appTheme: 'light' | 'dark'): ReaderTheme =>
  settings.theme === 'auto' ? appTheme : settings.theme

export function marginOf(pixels: number): ReaderStyle['margins'] {
  if (pixels <= 24) return 0
  if (pixels <= 64) return 1
  return pixels <= 104 ? 2 : 3
}

/** How this book looks. Values nobody changed are left to the engine, which sets Chinese by its own figures. */
export function styleOf(settings: ReadingSettings, { appTheme, phone, pdf }: StyleContext): ReaderStyle {
  const { size, leading, measure, justify, columns, margin, font, flow } = settings
  return {
    flow: pdf?.flow ?? flow,
    theme: themeOf(settings, appTheme),
    font,
    size: phone && size === USUAL_READING.size ? PHONE_SIZE : size,
    leading: leading === USUAL_READING.leading ? 'auto' : leading,
    margins: marginOf(margin),
    measure: measure === USUAL_READING.measure ? 'auto' : measure,
    justify: justify ? true : 'auto',
    spread: columns === 2 ? 'double' : 'single',
    rules: true,
    zoom: pdf?.zoom ?? 'fit-page',
  }
}
