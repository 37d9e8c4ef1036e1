import { defineMessages } from './define.ts'
import { shellEn } from './shell.en.ts'
import { shellZh } from './shell.zh.ts'

/** The frame around every screen: rail, palette, shortcuts, sync mark, errors. */
export const shell = defineMessages(shellEn, shellZh)
