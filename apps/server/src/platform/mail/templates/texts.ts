import type { MailLocale } from '../mail.ts'
import type { MailTexts } from './mail-texts.ts'
import { en } from './texts.en.ts'
import { zh } from './texts.zh.ts'

export const mailTexts: Readonly<Record<MailLocale, MailTexts>> = { en, zh }
