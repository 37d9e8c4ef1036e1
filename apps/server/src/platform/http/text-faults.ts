import type { Fault } from './errors.ts'

const MAX_DEPTH = 64

/**
 * What JSON allows and a database, a log or a signature cannot hold: U+0000, lone surrogates, bottomless nesting, names
 * that reach for an object's prototype. Found before any schema is asked, so that no operation has to think of them.
 * Walks without recursion.
 */
export function textFaults(root: unknown, pointer: string): Fault[] {
  const open: { value: unknown; pointer: string; depth: number }[] = [{ value: root, pointer, depth: 0 }]
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { value, depth } = item
    if (typeof value === 'string') {
      const message = stringFault(value)
      if (message !== undefined) return [{ pointer: item.pointer, message }]
    } else if (value !== null && typeof value === 'object') {
      if (depth === MAX_DEPTH) return [{ pointer, message: `must not be nested deeper than ${MAX_DEPTH}` }]
      for (const [key, child] of Object.entries(value)) {
        const message = key === '__proto__' ? 'is not allowed' : stringFault(key)
        if (message !== undefined) return [{ pointer: item.pointer, message: `has a name that ${message}` }]
        const step = encodeURI(key.replaceAll('~', '~0').replaceAll('/', '~1'))
        open.push({ value: child, pointer: `${item.pointer}/${step}`, depth: depth + 1 })
      }
    }
  }
  return []
}

function stringFault(text: string): string | undefined {
  if (text.includes('\u0000')) return 'must not contain U+0000'
  return text.isWellFormed() ? undefined : 'must be well-formed Unicode'
}
