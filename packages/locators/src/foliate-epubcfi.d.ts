/** The part of foliate-js that the tests compare with. */
declare module 'foliate-js/epubcfi.js' {
  export function fromRange(range: {
    startContainer: unknown
    startOffset: number
    endContainer: unknown
    endOffset: number
    collapsed: boolean
  }): string
  export function parse(cfi: string): unknown
  export function toRange(document: unknown, parts: unknown): unknown
  export function compare(a: string, b: string): number
  export function collapse(cfi: string, toEnd?: boolean): string
}
