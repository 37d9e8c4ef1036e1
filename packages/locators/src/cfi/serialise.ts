import type { Cfi, CfiOffset, CfiPath, CfiStep } from './types.ts'

/** The canonical text: `epubcfi(…)`. `parseCfi` of it gives an equal value back (CFI-6). */
export function serialiseCfi(cfi: Cfi): string {
  const inner =
    cfi.kind === 'point' ? pathText(cfi.path) : [cfi.parent, cfi.start, cfi.end].map(pathText).join(',')
  return `epubcfi(${inner})`
}

function pathText(path: CfiPath): string {
  const steps = path.documents.map((document) => document.map(stepText).join('')).join('!')
  return steps + (path.offset === undefined ? '' : offsetText(path.offset))
}

function stepText({ index, id }: CfiStep): string {
  return id === undefined ? `/${index}` : `/${index}[${escapeText(id)}]`
}

function offsetText({ character, temporal, spatial, before, after, side }: CfiOffset): string {
  let text = ''
  if (character !== undefined) text += `:${character}`
  if (temporal !== undefined) text += `~${decimal(temporal)}`
  if (spatial !== undefined) text += `@${spatial.map(decimal).join(':')}`
  const bias = side === undefined ? '' : `;s=${side}`
  if (before === undefined && after === undefined) return bias === '' ? text : `${text}[${bias}]`
  return `${text}[${escapeText(before ?? '')}${after === undefined ? '' : `,${escapeText(after)}`}${bias}]`
}

/** Plain notation: the grammar has no exponents. */
function decimal(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/u, '')
}

function escapeText(text: string): string {
  return text.replaceAll(/[\^[\](),;=]/gu, '^$&')
}
