import { type CfiPath, indirectCfi, rangeCfi, serialiseCfi } from '@stoa/locators'
import type { TextPoint } from './section-text.ts'

/** Steps of a spine item in its package document, e.g. 6, 4: the part of a CFI before `!`. */
export type SpineSteps = readonly [number, number]

/** The whole CFI of the text from `start` to `end` in one spine item. */
export function passageCfi(steps: SpineSteps, start: TextPoint, end: TextPoint): string {
  const base: CfiPath = { documents: [steps.map((index) => ({ index }))] }
  return serialiseCfi(indirectCfi(base, rangeCfi(pathTo(start), pathTo(end))))
}

/** The CFI of a spine item's body. */
export function sectionCfi(steps: SpineSteps): string {
  return `epubcfi(${steps.map((step) => `/${step}`).join('')}!/4)`
}

/** Steps from below the document element; each node knows its own. Without ids: they double the length and say no more. */
function pathTo({ node, offset }: TextPoint): CfiPath {
  const steps = [{ index: node.step }]
  for (let element = node.parentNode; element.parentNode; element = element.parentNode) {
    steps.push({ index: element.step })
  }
  return { documents: [steps.reverse()], offset: { character: offset } }
}
