import { ChildSteps } from './children.ts'
import {
  type DomDocument,
  type DomNode,
  type DomPoint,
  type DomRange,
  idOf,
  isElement,
  textLength,
} from './dom.ts'
import { collapseCfi, localPath } from './paths.ts'
import type { Cfi, CfiPath, CfiStep } from './types.ts'

/** How well the document still fits the path: `exact`, `corrected` by an id that moved, `clamped` to the nearest place. */
export type CfiFit = 'exact' | 'corrected' | 'clamped'

export interface ResolvedPoint {
  readonly point: DomPoint
  readonly fit: CfiFit
}

/**
 * The DOM range of a CFI in its content document; steps before the last `!` are the caller's (which document). Never
 * throws for a document that changed: it gives the nearest place and says so in `fit`. Undefined for an empty document.
 */
export function rangeFromCfi(
  document: DomDocument,
  cfi: Cfi,
  children = new ChildSteps(),
): { readonly range: DomRange; readonly fit: CfiFit } | undefined {
  const start = pointFromCfi(document, collapseCfi(cfi), children)
  const end = cfi.kind === 'point' ? start : pointFromCfi(document, collapseCfi(cfi, 'end'), children)
  if (start === undefined || end === undefined) return undefined
  const fits: readonly CfiFit[] = [start.fit, end.fit]
  const fit = fits.includes('clamped') ? 'clamped' : fits.includes('corrected') ? 'corrected' : 'exact'
  return { range: { start: start.point, end: end.point }, fit }
}

/**
 * The point that a path names, and how well the markup fits it; undefined when the document is empty or an element on
 * the way is missing.
 */
export function pointFromCfi(
  document: DomDocument,
  path: CfiPath,
  children = new ChildSteps(),
): ResolvedPoint | undefined {
  const root = document.documentElement
  if (root === null) return undefined
  const { documents, offset } = localPath(path)
  const steps = documents[0] ?? []
  const last = steps.at(-1)
  if (last === undefined) return { point: { node: root, offset: 0 }, fit: 'exact' }
  if (last.index % 2 === 0) return elementPoint(walk(document, root, steps, children), children)
  const parent = walk(document, root, steps.slice(0, -1), children)
  return textPoint(parent, last.index, offset?.character ?? 0, children)
}

/** The element that a path ends in (the parent, when it ends in text), e.g. for links and focus. */
export function elementFromCfi(document: DomDocument, path: CfiPath): DomNode | undefined {
  const root = document.documentElement
  const steps = localPath(path).documents[0]?.filter(({ index }) => index % 2 === 0)
  return root === null || steps === undefined ? undefined : walk(document, root, steps, new ChildSteps()).node
}

interface Walked {
  readonly node: DomNode
  readonly fit: CfiFit
}

/** CFI-3: follows element steps; where an asserted id no longer fits, the element with that id wins over the number. */
function walk(document: DomDocument, root: DomNode, steps: readonly CfiStep[], children: ChildSteps): Walked {
  let node = root
  let fit: CfiFit = 'exact'
  for (const { index, id } of steps) {
    const child = children.elementAt(node, index)
    const asserted = id === undefined || (child !== undefined && idOf(child) === id)
    const moved = asserted || id === undefined ? null : (document.getElementById?.(id) ?? null)
    const next = moved ?? child
    if (next === undefined) return { node, fit: 'clamped' }
    if (moved !== null) fit = 'corrected'
    node = next
  }
  return { node, fit }
}

function elementPoint({ node, fit }: Walked, children: ChildSteps): ResolvedPoint {
  if (fit === 'clamped' || node.parentNode === null || !isElement(node.parentNode)) {
    return { point: { node, offset: 0 }, fit }
  }
  return { point: { node: node.parentNode, offset: children.indexOf(node) }, fit }
}

function textPoint(
  { node, fit }: Walked,
  step: number,
  character: number,
  children: ChildSteps,
): ResolvedPoint {
  const chunk = children.textAt(node, step)
  let rest = character
  for (const text of chunk) {
    const length = textLength(text)
    if (rest <= length) return { point: { node: text, offset: rest }, fit }
    rest -= length
  }
  const last = chunk.at(-1)
  if (last !== undefined) return { point: { node: last, offset: textLength(last) }, fit: 'clamped' }
  return emptyChunk({ node, fit }, step, character, children)
}

/** No text stands at this step: the place between the elements around it. */
function emptyChunk(
  { node, fit }: Walked,
  step: number,
  character: number,
  children: ChildSteps,
): ResolvedPoint {
  const before = children.elementAt(node, step - 1)
  const missing = character > 0 || step > children.elementCount(node) * 2 + 1
  const end = missing && step > 1 ? node.childNodes.length : 0
  const offset = before === undefined ? end : children.indexOf(before) + 1
  return { point: { node, offset }, fit: missing ? 'clamped' : fit }
}
