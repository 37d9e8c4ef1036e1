import { describe, expect, it } from 'vitest'
import { parseCfi } from './parse.ts'
import { compareCfi } from './paths.ts'

/** From the first place of a book to the last; each line is there for one part of the rule. */
const IN_ORDER = [
  'epubcfi(/6/4)',
  'epubcfi(/6/4!/4)',
  'epubcfi(/6/4!/4:0)',
  'epubcfi(/6/4!/4/2)',
  'epubcfi(/6/4!/4/2/1:0)',
  'epubcfi(/6/4!/4/2,/1:0,/1:5)',
  'epubcfi(/6/4!/4/2,/1:0,/1:12)',
  'epubcfi(/6/4!/4/2/1:5)',
  'epubcfi(/6/4!/4/2/1:12)',
  'epubcfi(/6/4!/4/4~1.5)',
  'epubcfi(/6/4!/4/4~1.5@90:10)',
  'epubcfi(/6/4!/4/4~1.5@10:20)',
  'epubcfi(/6/4!/4/4~1.5@11:20)',
  'epubcfi(/6/4!/4/4~12)',
  'epubcfi(/6/4!/4/10)',
  'epubcfi(/6/20!/4/2)',
]

describe('order of places', () => {
  it('CFI-5: documents, steps, then character, time and place (y, x); ranges by start, then end', () => {
    const cfis = IN_ORDER.map(parseCfi)
    for (const [i, a] of cfis.entries())
      for (const [j, b] of cfis.entries()) expect(Math.sign(compareCfi(a, b))).toBe(Math.sign(i - j))
  })

  it('CFI-5: assertions do not count', () => {
    const plain = parseCfi('epubcfi(/6/4!/4/2/1:3)')
    expect(compareCfi(parseCfi('epubcfi(/6/4[z]!/4[a]/2[m]/1:3[xx,y;s=a])'), plain)).toBe(0)
  })
})
