import { defineMessages } from './define.ts'
import { readerEn } from './reader.en.ts'
import { readerZh } from './reader.zh.ts'

/** A book on screen: its bars, panels, marks, and what stands in the way of opening it. */
export const reader = defineMessages(readerEn, readerZh)
