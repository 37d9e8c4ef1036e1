import { describe, expect, it } from 'vitest'
import type { Catalogue, Plural } from './define.ts'

const modules = import.meta.glob<Record<string, Catalogue>>('./*.{en,zh}.ts', { eager: true })

const texts = (message: string | Plural): string[] =>
  typeof message === 'string' ? [message] : Object.values(message)
const parameters = (message: string | Plural) =>
  new Set(texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])))
const tags = (message: string | Plural) =>
  texts(message).map((text) => [...text.matchAll(/<(\w+)>/g)].map((match) => match[1]).sort())

function catalogue(area: string, locale: 'en' | 'zh'): Catalogue {
  const module = modules[`./${area}.${locale}.ts`]
  return Object.values(module ?? {})[0] ?? {}
}

const areas = Object.keys(modules)
  .filter((path) => path.endsWith('.en.ts'))
  .map((path) => path.slice(2, -6))

describe.each(areas)('messages of %s', (area) => {
  const en = catalogue(area, 'en')
  const zh = catalogue(area, 'zh')
  const pairs = Object.keys(en).map((key) => ({ key, en: en[key] ?? '', zh: zh[key] ?? '' }))

  it('has every key in both languages', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort())
    expect(pairs.length).toBeGreaterThan(0)
  })

  it('has no empty text, and none with space around it', () => {
    for (const pair of pairs) {
      for (const text of [...texts(pair.en), ...texts(pair.zh)]) {
        expect(text.trim(), pair.key).toBe(text)
        expect(text, pair.key).not.toBe('')
      }
    }
  })

  it('takes the same parameters and marks the same parts in both languages', () => {
    for (const pair of pairs) {
      expect(parameters(pair.zh), pair.key).toEqual(parameters(pair.en))
      expect(new Set(tags(pair.zh).map(String)), pair.key).toEqual(new Set(tags(pair.en).map(String)))
    }
  })

  it('writes Chinese with full-width punctuation', () => {
    for (const pair of pairs) {
      for (const text of texts(pair.zh))
        expect(text, pair.key).not.toMatch(/\p{Script=Han}\s*[,;:?!()]|[,;:?!()]\s*\p{Script=Han}/u)
    }
  })
})
