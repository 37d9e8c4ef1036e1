import { defineMessages } from './define.ts'
import { libraryEn } from './library.en.ts'
import { libraryZh } from './library.zh.ts'

/** The library: books, shelves, adding, describing. */
export const library = defineMessages(libraryEn, libraryZh)
