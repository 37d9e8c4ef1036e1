import { defineMessages } from './define.ts'
import { statisticsEn } from './statistics.en.ts'
import { statisticsZh } from './statistics.zh.ts'

/** Reading time: calendar, hours, books. */
export const statistics = defineMessages(statisticsEn, statisticsZh)
