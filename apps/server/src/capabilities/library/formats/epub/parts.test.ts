import { describe, expect, it } from 'vitest'
import { hrefOf, resolveHref } from './href.ts'
import { isVertical, readVerticalRules, type VerticalRules } from './vertical.ts'

describe('resolveHref', () => {
  it.each([
    ['a.xhtml', 'EPUB/nav.xhtml', 'EPUB/a.xhtml'],
    ['../images/x.png#f', 'EPUB/text/a.xhtml', 'EPUB/images/x.png#f'],
    ['../../../../a.xhtml', 'EPUB/b/c.opf', 'a.xhtml'],
    ['/a.xhtml', 'EPUB/b.opf', 'a.xhtml'],
    ['Chapter%201.html', 'OEBPS/content.opf', 'OEBPS/Chapter 1.html'],
    ['第一章.xhtml#节', 'EPUB/nav.xhtml', 'EPUB/第一章.xhtml#节'],
    ['100%.xhtml', 'a b/nav.xhtml', 'a b/100%.xhtml'],
    ['a.xhtml?x=1', 'nav.xhtml', 'a.xhtml'],
  ])('%s from %s', (href, base, expected) => {
    const target = resolveHref(href, base)
    expect(target && hrefOf(target)).toBe(expected)
  })

  it.each([
    'https://example.org/a',
    'mailto:a@b',
    'data:text/html,x',
    'file:///etc/passwd',
    '//example.org/x',
  ])('leaves %s alone', (href) => {
    expect(resolveHref(href, 'EPUB/a.xhtml')).toBeUndefined()
  })
})

describe('vertical writing', () => {
  const rules = (css: string) => {
    const found: VerticalRules = { root: false, classes: new Set() }
    readVerticalRules(css, found)
    return found
  }

  it('is found at the root, in classes and in style attributes', () => {
    expect(rules('html{-epub-writing-mode:vertical-rl}').root).toBe(true)
    expect(rules('/* html { */ p { writing-mode: vertical-rl }').root).toBe(false)
    expect(rules('.a, html .vrtl { color: red; writing-mode : vertical-rl; }').classes).toEqual(
      new Set(['a', 'vrtl']),
    )
    expect(isVertical('<html class="x vrtl"><body>', rules('.vrtl{writing-mode:tb-rl}'))).toBe(true)
    expect(isVertical('<html><body style="writing-mode: vertical-rl">', rules(''))).toBe(true)
    expect(
      isVertical('<html><body><p style="writing-mode: vertical-rl">', rules('p{writing-mode:vertical-rl}')),
    ).toBe(false)
  })

  it('takes linear time', () => {
    const started = performance.now()
    rules(`${'{'.repeat(100_000)}writing-mode:vertical-rl${'/*'.repeat(100_000)}`)
    rules(`writing-mode:vertical-rl${'html,'.repeat(100_000)}{`)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
