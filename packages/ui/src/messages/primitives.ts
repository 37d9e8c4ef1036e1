import { defineMessages } from './define.ts'
import { primitivesEn } from './primitives.en.ts'
import { primitivesZh } from './primitives.zh.ts'

/** Words inside the primitives themselves. */
export const primitives = defineMessages(primitivesEn, primitivesZh)
