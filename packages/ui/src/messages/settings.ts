import { defineMessages } from './define.ts'
import { settingsEn } from './settings.en.ts'
import { settingsZh } from './settings.zh.ts'

/** Settings: the person, the devices, the organisation and its people. */
export const settings = defineMessages(settingsEn, settingsZh)
