/** What followers of a document are told. */
export type DocumentEvent =
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'committed'; readonly version: number }
  | { readonly kind: 'health'; readonly storeFailing: boolean }
  | { readonly kind: 'deleted' }
  /** The stream cannot go on: subscribe again. */
  | { readonly kind: 'ended'; readonly error: Error }

export type DocumentListener = (event: DocumentEvent) => void
