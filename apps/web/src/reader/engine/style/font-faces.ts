/** Families of the packaged reading and interface faces (`@stoa/ui/fonts.css`). */
const PACKAGED = /^["']?(Source Serif|Inter)/

/**
 * The page's packaged `@font-face` rules with absolute addresses, for documents in frames: those have no base address that
 * relative ones could be resolved against. Same files, so nothing is loaded twice.
 */
export function packagedFontFaces(page: Document = document): string {
  const rules: string[] = []
  for (const sheet of Array.from(page.styleSheets)) {
    const base = sheet.href ?? page.baseURI
    for (const rule of readableRules(sheet)) {
      if (!(rule instanceof CSSFontFaceRule)) continue
      if (PACKAGED.test(rule.style.getPropertyValue('font-family'))) rules.push(absolute(rule.cssText, base))
    }
  }
  return rules.join('\n')
}

function readableRules(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return Array.from(sheet.cssRules)
  } catch {
    return [] // a sheet of another origin: not ours
  }
}

function absolute(css: string, base: string): string {
  return css.replaceAll(
    /url\(\s*(["']?)([^"')]+)\1\s*\)/gu,
    (_, __, url: string) => `url("${new URL(url, base)}")`,
  )
}
