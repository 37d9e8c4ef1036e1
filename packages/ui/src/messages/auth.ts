import { authEn } from './auth.en.ts'
import { authZh } from './auth.zh.ts'
import { defineMessages } from './define.ts'

/** Set-up, sign-in, invitations. */
export const auth = defineMessages(authEn, authZh)
