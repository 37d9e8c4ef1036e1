import { defineMessages } from './define.ts'
import { searchEn } from './search.en.ts'
import { searchZh } from './search.zh.ts'

/** Searching everything: the screen and what the palette finds. */
export const search = defineMessages(searchEn, searchZh)
