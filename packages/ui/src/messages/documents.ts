import { defineMessages } from './define.ts'
import { documentsEn } from './documents.en.ts'
import { documentsZh } from './documents.zh.ts'

/** Documents: lists, the editor and what stands beside it. */
export const documents = defineMessages(documentsEn, documentsZh)
