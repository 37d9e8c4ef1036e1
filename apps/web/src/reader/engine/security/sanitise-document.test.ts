import { cfiFromPoint, serialiseCfi } from '@stoa/locators'
import { describe, expect, it } from 'vitest'
import { safeFragment } from './sanitise-fragment.ts'
import { parseMarkup, sanitiseMarkup } from './sanitise-markup.ts'
import { externalUrl, isHarmlessLink, isOwnResource } from './urls.ts'

const page = (body: string, head = '') =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><head>${head}</head><body>${body}</body></html>`
const bodyOf = (markup: string) => parseMarkup(sanitiseMarkup(markup)).body.innerHTML

describe('sanitiseMarkup', () => {
  it.each([
    ['<script>x</script>'],
    ['<img src="x" onerror="x()"/>'],
    ['<p onclick="x()">t</p>'],
    ['<iframe src="https://a.example/"></iframe>'],
    ['<iframe srcdoc="&lt;script&gt;"></iframe>'],
    ['<object data="https://a.example/x"></object>'],
    ['<embed src="https://a.example/x"/>'],
    ['<a href="javascript:x()">t</a>'],
    ['<a href=" java&#10;script:x()">t</a>'],
    ['<a href="data:text/html,x">t</a>'],
    ['<a href="blob:x" ping="https://a.example/">t</a>'],
    ['<form action="https://a.example/"><button formaction="https://a.example/">b</button></form>'],
    ['<img src="https://a.example/x.png"/>'],
    ['<img srcset="https://a.example/x.png 1x"/>'],
    [
      '<video src="https://a.example/v" poster="https://a.example/p"><source src="https://a.example/s"/></video>',
    ],
    ['<table background="https://a.example/b"><tr><td background="//a.example/c">t</td></tr></table>'],
    ['<p style="background:url(https://a.example/x)">t</p>'],
    [
      '<svg xmlns="http://www.w3.org/2000/svg"><use href="https://a.example/u#x"/><set attributeName="onload" to="x()"/></svg>',
    ],
    ['<template shadowrootmode="open"><script>x()</script></template>'],
    ['<style>@import "https://a.example/s";</style>'],
  ])('makes %s harmless', (markup) => {
    const clean = bodyOf(page(markup))
    expect(clean).not.toMatch(
      /a\.example|script|<iframe|<object|<embed|<form|\son\w+=|srcdoc|data:text|blob:/i,
    )
  })

  it('takes bases, refreshes and foreign sheets out of the head, and keeps sheets of the book', () => {
    const head =
      '<base href="https://a.example/"/><meta http-equiv="refresh" content="0;url=https://a.example/"/><link rel="preconnect" href="https://a.example/"/><link rel="stylesheet" href="https://a.example/s.css"/><link rel="stylesheet" href="blob:own"/>'
    const clean = sanitiseMarkup(page('<p>t</p>', head))
    expect(clean).not.toContain('a.example')
    expect(clean).toContain('blob:own')
  })

  it('drops sheets that build documents', () => {
    const clean = sanitiseMarkup(
      `<?xml-stylesheet type="text/xsl" href="blob:x"?><?xml-stylesheet type="text/css" href="blob:own"?>${page('')}`,
    )
    expect(clean).not.toContain('blob:x')
    expect(clean).toContain('blob:own')
  })

  it('CFI-7: leaves every element its number', () => {
    const source = page(
      '<script>1</script><p>a</p><iframe src="x">b</iframe><object data="x"><p id="deep">fallback</p></object><form><p id="last">z</p></form>',
    )
    const places = (document: Document) =>
      ['deep', 'last'].map((id) => {
        const node = document.getElementById(id)?.firstChild
        if (!node) throw new Error(`${id} is gone`)
        return serialiseCfi({ kind: 'point', path: cfiFromPoint({ node, offset: 1 }) })
      })
    expect(places(parseMarkup(sanitiseMarkup(source)))).toEqual(places(parseMarkup(source)))
  })

  it('reads broken markup as far as it goes, and gives well-formed XHTML back', () => {
    const clean = sanitiseMarkup(
      '<p>one<br>two<img src=https://a.example/x onerror=x() 1bad="y"><script>z</script>',
    )
    const strict = new DOMParser().parseFromString(clean, 'application/xhtml+xml')
    expect(strict.getElementsByTagName('parsererror')).toHaveLength(0)
    expect(strict.body.textContent).toBe('onetwo')
    expect(clean).not.toMatch(/a\.example|onerror/)
  })

  it('keeps drawings that were put in as objects', () => {
    expect(bodyOf(page('<object data="blob:drawing" type="image/svg+xml">old</object>'))).toContain(
      'src="blob:drawing"',
    )
  })

  it('keeps words, ruby, emphasis, links inside the book and their marks', () => {
    const markup =
      '<p lang="zh"><ruby>漢<rt>hàn</rt></ruby> <em class="x" id="e">b</em> <a href="c2.xhtml#n" epub:type="noteref" xmlns:epub="http://www.idpf.org/2007/ops">1</a></p>'
    const clean = bodyOf(page(markup))
    for (const part of ['<rt>hàn</rt>', 'class="x"', 'id="e"', 'href="c2.xhtml#n"', 'epub:type="noteref"']) {
      expect(clean).toContain(part)
    }
  })
})

describe('safeFragment', () => {
  it('copies text elements and nothing else', () => {
    const holder = new DOMParser().parseFromString(
      '<div><p id="x" class="y" style="color:red" onclick="z()">a <b>b</b> <a href="javascript:1">c</a><img src="x"/><script>d</script><blink>e</blink> &lt;img src=x onerror=1&gt;</p></div>',
      'text/html',
    )
    expect(safeFragment(holder.body.childNodes)).toBe(
      '<div><p>a <b>b</b> <span>c</span>e &lt;img src=x onerror=1&gt;</p></div>',
    )
  })
})

describe('addresses', () => {
  it.each(['blob:x', 'data:image/png;base64,A', ' data:font/woff2,A', '#a', 'BLOB:x'])(
    '%s is of the book',
    (url) => {
      expect(isOwnResource(url)).toBe(true)
    },
  )
  it.each(['https://a/', '//a/', '/api', 'x.png', 'data:text/html,x', 'data:application/xml,x', 'file:///x'])(
    '%s is not',
    (url) => {
      expect(isOwnResource(url)).toBe(false)
    },
  )
  it.each([
    ['https://a.example/', true],
    ['c2.xhtml#a', true],
    ['mailto:a@b.example', true],
    ['\u0001javascript:x', false],
    ['JaVa\tScRiPt:x', false],
    ['vbscript:x', false],
    ['file:///etc', false],
  ])('a link to %j is harmless: %s', (url, harmless) => {
    expect(isHarmlessLink(url)).toBe(harmless)
  })
  it('offers only addresses that a browser may open', () => {
    expect(externalUrl('https://a.example/x')).toBe('https://a.example/x')
    expect(externalUrl('mailto:a@b.example')).toBe('mailto:a@b.example')
    expect(externalUrl('ftp://a.example/')).toBeUndefined()
    expect(externalUrl('nonsense')).toBeUndefined()
  })
})
