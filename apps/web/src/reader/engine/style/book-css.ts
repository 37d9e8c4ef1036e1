import type { Palette } from './palette.ts'
import { HEAD_PIXELS, type ReaderStyle } from './reader-style.ts'
import { leadingFor, type Setting } from './script-of.ts'

const HAN_SERIF = '"Songti SC","Source Han Serif SC","Noto Serif CJK SC","Noto Serif SC",serif'
const HAN_KAI = '"Kaiti SC","STKaiti","KaiTi","AR PL UKai CN",'
const HAN_SANS = '"PingFang SC","Microsoft YaHei UI","Noto Sans CJK SC","Noto Sans SC",sans-serif'

/** Latin first, but in Chinese text the face without the punctuation that Chinese sets full width. */
function family(font: ReaderStyle['font'], { cjk }: Setting): string {
  if (font === 'sans') return cjk ? `"Inter Han",${HAN_SANS}` : `"Inter",system-ui,${HAN_SANS}`
  return cjk ? `"Source Serif Han",${HAN_SERIF}` : `"Source Serif 4",Georgia,${HAN_SERIF}`
}

/** What a book without a style sheet of its own looks like; anything the publisher says wins. */
export function defaultCss(style: ReaderStyle, setting: Setting, faces: string): string {
  return `${faces}
html { font-family: ${family(style.font === 'publisher' ? 'serif' : style.font, setting)}; }
body { margin: 0; padding: 0; }
p { margin: 0; text-indent: ${setting.cjk ? '2em' : '1.35em'}; }
${setting.cjk ? '' : ':is(h1,h2,h3,h4,h5,h6,hr,header,figure,table,blockquote,ul,ol,dl,pre) + p, :is(section,div,body,blockquote,li,td,aside) > p:first-child { text-indent: 0; }'}
h1, h2, h3, h4, h5, h6 { font-weight: ${setting.cjk ? 600 : 400}; line-height: ${setting.cjk ? 1.5 : 1.25}; margin-block: 2em .9em; text-indent: 0; text-wrap: balance; }
h1 { font-size: ${setting.vertical ? 1.55 : 1.95}em; margin-block: ${setting.vertical ? '0 1em' : '1.6em 1em'}; }
h2 { font-size: 1.4em; } h3 { font-size: 1.18em; } h4, h5, h6 { font-size: 1em; }
h3, h4 { font-weight: 600; }
:is(h1,h2,h3,h4) + :is(h1,h2,h3,h4) { margin-block-start: .2em; }
blockquote { margin-block: 1em; margin-inline: ${setting.cjk ? '2em' : '1.6em'} ${setting.cjk ? '0' : '1.6em'}; }
ul, ol { margin-block: .8em; padding-inline-start: 1.6em; } li { margin-block: .2em; }
dd { margin-inline-start: 1.6em; }
figure { margin: 1.4em 0; text-align: center; } figcaption { font-size: .86em; text-indent: 0; }
hr { border: 0; block-size: 1em; margin-block: 1.6em; text-align: center; }
hr::before { content: "${setting.cjk ? '＊　＊　＊' : '*\\2003 *\\2003 *'}"; }
pre, code, kbd, samp { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace; font-size: .86em; }
pre { margin-block: 1em; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin-block: 1em; font-size: .92em; } td, th { padding: .3em .6em; text-align: start; text-indent: 0; }
td > p, th > p { text-indent: 0; }
sup, sub { font-size: .72em; line-height: 0; }
img, svg { max-inline-size: 100%; }
`
}

/** What the reader decides; the publisher's rules of the same weight stand before these. */
export function readerCss(style: ReaderStyle, setting: Setting, palette: Palette): string {
  const leading = leadingFor(style.leading, setting)
  return [
    pageCss(style, palette),
    textCss(style, setting, leading),
    setting.cjk ? cjkCss(style, setting) : '',
    style.font === 'publisher' ? '' : fontCss(style, setting),
    palette.theme === 'light' ? '' : recolourCss(palette),
    setting.vertical && style.font !== 'publisher'
      ? gridCss(style.size * leading, HEAD_PIXELS[style.margins] / 2, palette)
      : '',
    NOTES,
  ].join('\n')
}

function pageCss({ size }: ReaderStyle, palette: Palette): string {
  return `@namespace epub "http://www.idpf.org/2007/ops";
html { --theme-bg-color: ${palette.paper}; color-scheme: ${palette.theme === 'dark' ? 'dark' : 'light'}; font-size: ${size}px !important; background: none !important; color: ${palette.ink} !important; -webkit-text-size-adjust: none; text-size-adjust: none; }
body { background: none !important; color: inherit !important; font-size: 1rem; }
::selection { background: ${palette.selection}; }
a:any-link { color: inherit; text-decoration-line: underline; text-decoration-thickness: 1px; text-underline-offset: .18em; text-decoration-color: ${palette.muted}; }
:is(a[epub|type~="noteref"], a[role~="doc-noteref"], sup a, a:has(> sup:only-child)) { color: ${palette.accent}; text-decoration: none; }
img { cursor: zoom-in; } a img { cursor: pointer; }
:focus-visible { outline: 2px solid ${palette.ink}; outline-offset: 2px; }`
}

function textCss(style: ReaderStyle, setting: Setting, leading: number): string {
  const justify = style.justify === 'auto' ? setting.cjk : style.justify
  const align = justify ? 'justify' : 'start'
  const hyphens = setting.cjk || !justify ? 'manual' : 'auto'
  return `body { line-height: ${leading}; }
p, li, dd, dt, blockquote, figcaption { line-height: ${leading} !important; }
p, li, dd, blockquote { text-align: ${align}; -webkit-hyphens: ${hyphens}; hyphens: ${hyphens}; hyphenate-limit-chars: 6 3 3; text-wrap: pretty; widows: 2; orphans: 2; overflow-wrap: break-word; }
[align="left"] { text-align: left; } [align="right"] { text-align: right; } [align="center"] { text-align: center; } center > * { text-align: center; }
h1, h2, h3, h4, h5, h6 { text-align: start; hyphens: none; break-after: avoid; break-inside: avoid; }
html { font-kerning: normal; font-optical-sizing: auto; text-rendering: optimizeLegibility; -webkit-font-smoothing: antialiased; }
rt { font-size: .5em; line-height: 1; letter-spacing: 0; text-indent: 0; user-select: none; -webkit-user-select: none; }
rp { user-select: none; -webkit-user-select: none; }`
}

/** Chinese and Japanese: strict line ends, no slant, no spacing; emphasis and quotations in Kai where it is installed. */
function cjkCss(style: ReaderStyle, setting: Setting): string {
  return `html { line-break: strict; word-break: normal; text-spacing-trim: trim-start; text-autospace: normal; hanging-punctuation: allow-end; }
p, li, blockquote { letter-spacing: 0; }
em, i, cite, dfn, address, var { font-style: normal; }
em, i, cite, blockquote { font-family: ${HAN_KAI}${family(style.font, setting)}; }
ruby { ruby-align: center; ruby-position: over; }
${setting.vertical ? 'html { text-orientation: mixed; } a:any-link { text-underline-position: right; }' : ''}`
}

/**
 * Vertical text on a grid of lines, as ruled paper has it: blocks take whole lines, headings two, with paper behind them so
 * that no rule runs through.
 */
function gridCss(pitch: number, edge: number, { paper }: Palette): string {
  const blocks = 'p, li, dd, dt, blockquote, ul, ol, dl, h1, h2, h3, h4, h5, h6, header, hr, figure, table'
  return `:is(${blocks}) { margin-block: 0 !important; padding-block: 0 !important; line-height: ${pitch}px !important; }
h1, h2 { line-height: ${2 * pitch}px !important; }
body :is(h1, h2, h3, h4) { background-color: ${paper} !important; box-shadow: 0 -${edge}px ${paper}, 0 ${edge}px ${paper}; letter-spacing: .08em; }
h2 { font-size: 1.2em; } h3, h4, h5, h6 { font-size: 1em; } hr { block-size: ${pitch}px; }
:is(h1, h2, h3) + :is(h2, h3, h4) { line-height: ${pitch}px !important; }`
}

function fontCss(style: ReaderStyle, setting: Setting): string {
  const faces = family(style.font, setting)
  const kept = 'pre, code, kbd, samp, pre *, code *, math, math *, svg, svg *'
  const kai = setting.cjk ? ', em, i, cite, blockquote, blockquote *, em *' : ''
  return `body, body :not(${kept}${kai}) { font-family: ${faces} !important; }`
}

/** On sepia and dark paper the publisher's colours would vanish or glare. Pictures keep theirs, a little dimmed at night. */
function recolourCss({ theme, line }: Palette): string {
  const dim = theme === 'dark' ? 'img, video, svg image { filter: brightness(.86) contrast(1.02); }' : ''
  return `body :not(a, a *, svg, svg *, math *) { color: inherit !important; }
body :not(svg, svg *, img, video) { background-color: transparent !important; border-color: ${line} !important; text-shadow: none !important; }
${dim}`
}

/** Notes open over the text, so they are not set in its flow as well. */
const NOTES = 'aside[epub|type~="footnote"], aside[epub|type~="rearnote"] { display: none; }'
