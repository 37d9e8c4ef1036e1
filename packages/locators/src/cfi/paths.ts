import type { Cfi, CfiPath, CfiStep } from './types.ts'

/** The point at the start (or end) of a range; a point is its own start and end. */
export function collapseCfi(cfi: Cfi, to: 'start' | 'end' = 'start'): CfiPath {
  return cfi.kind === 'point' ? cfi.path : joinPaths(cfi.parent, cfi[to])
}

/** `a` continued by `b`, whose first steps belong to the last document of `a`. */
export function joinPaths(a: CfiPath, b: CfiPath): CfiPath {
  const [first = [], ...rest] = b.documents
  const documents = [...a.documents.slice(0, -1), [...(a.documents.at(-1) ?? []), ...first], ...rest]
  return b.offset === undefined ? { documents } : { documents, offset: b.offset }
}

/** `base!inner`: the inner path read inside the document that `base` names, e.g. a spine item. */
export function indirect(base: CfiPath, inner: CfiPath): CfiPath {
  const documents = [...base.documents, ...inner.documents]
  return inner.offset === undefined ? { documents } : { documents, offset: inner.offset }
}

/** `indirect` for points and ranges: `base!/4/2,/1:0,/1:5`. */
export function indirectCfi(base: CfiPath, inner: Cfi): Cfi {
  if (inner.kind === 'point') return { kind: 'point', path: indirect(base, inner.path) }
  return { ...inner, parent: indirect(base, inner.parent) }
}

/**
 * The range between two points of one document, its common steps in the parent; equal points give a point. The last step
 * stays with its offset (`/4/2,/1:0,/1:5`): foliate-js cannot read a range whose ends are offsets alone.
 */
export function rangeCfi(start: CfiPath, end: CfiPath): Cfi {
  if (comparePaths(start, end) === 0) return { kind: 'point', path: start }
  const a = start.documents.at(-1) ?? []
  const b = end.documents.at(-1) ?? []
  let shared = 0
  while (shared < Math.min(a.length, b.length) - 1 && a[shared]?.index === b[shared]?.index) shared++
  const tail = (path: CfiPath): CfiPath => {
    const documents = [path.documents.at(-1)?.slice(shared) ?? []]
    return path.offset === undefined ? { documents } : { documents, offset: path.offset }
  }
  const parent = { documents: [...start.documents.slice(0, -1), a.slice(0, shared)] }
  return { kind: 'range', parent, start: tail(start), end: tail(end) }
}

/** Reading order: negative when `a` stands before `b`, by start, then by end (CFI-5). Ids and assertions do not count. */
export function compareCfi(a: Cfi, b: Cfi): number {
  return (
    comparePaths(collapseCfi(a), collapseCfi(b)) || comparePaths(collapseCfi(a, 'end'), collapseCfi(b, 'end'))
  )
}

/** Reading order of two points (CFI-5): negative when `a` comes first, 0 when they are one place. */
export function comparePaths(a: CfiPath, b: CfiPath): number {
  const documents = Math.max(a.documents.length, b.documents.length)
  for (let i = 0; i < documents; i++) {
    const difference = compareSteps(a.documents[i] ?? [], b.documents[i] ?? [])
    if (difference !== 0) return difference
  }
  const [x, y] = [a.offset ?? {}, b.offset ?? {}]
  return (
    compareNumbers(x.character, y.character) ||
    compareNumbers(x.temporal, y.temporal) ||
    compareNumbers(x.spatial?.[1], y.spatial?.[1]) ||
    compareNumbers(x.spatial?.[0], y.spatial?.[0])
  )
}

function compareSteps(a: readonly CfiStep[], b: readonly CfiStep[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const x = a[i]?.index ?? -1
    const y = b[i]?.index ?? -1
    if (x !== y) return x - y
  }
  return 0
}

/** A path without an offset stands before the same path with one. */
function compareNumbers(a = -1, b = -1): number {
  return a - b
}

/** The path of the spine item with this 0-based index when the package document is not at hand. */
export function spinePath(index: number, id?: string): CfiPath {
  const item = (index + 1) * 2
  return { documents: [[{ index: 6 }, id === undefined ? { index: item } : { index: item, id }]] }
}

/** 0-based spine index that a CFI names by its first document path, or undefined when it names none. */
export function spineIndex(cfi: Cfi): number | undefined {
  const item = collapseCfi(cfi).documents[0]?.[1]
  return item === undefined || item.index < 2 || item.index % 2 === 1 ? undefined : item.index / 2 - 1
}

/** The part after the last `!`: the path inside the content document. */
export function localPath(path: CfiPath): CfiPath {
  const documents = path.documents.slice(-1)
  return path.offset === undefined ? { documents } : { documents, offset: path.offset }
}
