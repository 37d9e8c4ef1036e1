/** One step `/index[id]`: even = the (index/2)th child element, odd = the character data between elements. */
export interface CfiStep {
  readonly index: number
  /** The `[id]` assertion: what the element's id was when the CFI was made. */
  readonly id?: string
}

/** What may stand at the end of a path. Offsets are UTF-16 code units, as EPUB CFI 1.1 §3.1.2 says. */
export interface CfiOffset {
  readonly character?: number
  /** Seconds into audio or video. */
  readonly temporal?: number
  /** x, y in per cent of the image. */
  readonly spatial?: readonly [number, number]
  /** Text location assertion `[before,after]`. */
  readonly before?: string
  readonly after?: string
  /** Side bias: the place belongs to what stands before (`b`) or after (`a`) it. */
  readonly side?: 'a' | 'b'
}

/** A path through one or more documents: the steps between two `!` belong to one document. Never empty. */
export interface CfiPath {
  readonly documents: readonly (readonly CfiStep[])[]
  readonly offset?: CfiOffset
}

/** EPUB CFI 1.1: a point, or a range whose ends share the parent path. */
export type Cfi =
  | { readonly kind: 'point'; readonly path: CfiPath }
  | { readonly kind: 'range'; readonly parent: CfiPath; readonly start: CfiPath; readonly end: CfiPath }
