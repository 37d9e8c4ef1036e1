import type { HighlightColor } from '../book-view.ts'
import type { ReaderTheme } from './reader-style.ts'

/** Colours of a theme, as the tokens resolve them on the reader's element; frames cannot inherit them. */
export interface Palette {
  readonly theme: ReaderTheme
  readonly paper: string
  readonly ink: string
  readonly muted: string
  readonly line: string
  /** A stronger line. */
  readonly edge: string
  readonly accent: string
  readonly selection: string
  readonly highlights: Readonly<Record<HighlightColor, string>>
}

/** Used where the page has no tokens. The tokens of `@stoa/ui` win. */
const FALLBACK: Readonly<Record<ReaderTheme, Palette>> = {
  light: {
    theme: 'light',
    paper: '#FBFAF7',
    ink: '#1F1D1A',
    muted: '#67635B',
    line: '#E7E3DB',
    edge: '#D5CFC3',
    accent: '#B4472E',
    selection: '#EBD9CF',
    highlights: { amber: '#FBE5A3', rose: '#F9D5D3', sage: '#D6E8CB', sky: '#CFE4F2', violet: '#E3DAF3' },
  },
  sepia: {
    theme: 'sepia',
    paper: '#F4EBDA',
    ink: '#35291C',
    muted: '#675641',
    line: '#E0D3BA',
    edge: '#CFBF9F',
    accent: '#A53F27',
    selection: '#E6CDB4',
    highlights: { amber: '#F3D88E', rose: '#F2C6BC', sage: '#CFDDB3', sky: '#C7D9DC', violet: '#DCCFE0' },
  },
  dark: {
    theme: 'dark',
    paper: '#171614',
    ink: '#ECE8E1',
    muted: '#9C968C',
    line: '#2B2925',
    edge: '#3B3833',
    accent: '#E07A5F',
    selection: '#553528',
    highlights: { amber: '#57461B', rose: '#5A3136', sage: '#344A2D', sky: '#274658', violet: '#443860' },
  },
}

/** Puts the theme on the element and reads what the tokens make of it there. */
export function applyTheme(element: HTMLElement, theme: ReaderTheme): Palette {
  element.dataset.theme = theme
  element.style.colorScheme = theme === 'dark' ? 'dark' : 'light'
  const computed = getComputedStyle(element)
  const fallback = FALLBACK[theme]
  const token = (name: string, otherwise: string) =>
    computed.getPropertyValue(`--${name}`).trim() || otherwise
  const palette: Palette = {
    theme,
    paper: token('paper', fallback.paper),
    ink: token('ink', fallback.ink),
    muted: token('muted', fallback.muted),
    line: token('line', fallback.line),
    edge: token('line-2', fallback.edge),
    accent: token('accent', fallback.accent),
    selection: token('selection', fallback.selection),
    highlights: {
      amber: token('amber', fallback.highlights.amber),
      rose: token('rose', fallback.highlights.rose),
      sage: token('sage', fallback.highlights.sage),
      sky: token('sky', fallback.highlights.sky),
      violet: token('violet', fallback.highlights.violet),
    },
  }
  return palette
}
