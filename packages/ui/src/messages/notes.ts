import { defineMessages } from './define.ts'
import { notesEn } from './notes.en.ts'
import { notesZh } from './notes.zh.ts'

/** Highlights and notes in one list. */
export const notes = defineMessages(notesEn, notesZh)
