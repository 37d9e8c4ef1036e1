export { type FindOptions, findQuote, type Haystack, haystack } from './find.ts'
export { CONTEXT_LENGTH, checkQuote, MAX_EXACT_LENGTH, makeQuote } from './make.ts'
export type { AnchorStatus, FoundQuote, TextQuote } from './types.ts'
