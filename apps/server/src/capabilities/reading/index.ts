/** Reading: where people are, how long they read, how their books look. */
import type { Capability } from '../capability.ts'
import type { ReadingComponents } from './components.ts'
import { createBookmark, deleteBookmarkOperation, listBookmarks } from './operations/bookmarks.ts'
import { getPosition, putPosition, putReadingStatus } from './operations/positions.ts'
import { beatReading, endReading, startReading } from './operations/sessions.ts'
import { getReadingSettings, putReadingSettings } from './operations/settings.ts'
import { getReadingStatistics } from './operations/statistics.ts'

export type { ReadingComponents } from './components.ts'

export function createReading(components: ReadingComponents): Capability {
  return {
    name: 'reading',
    operations: [
      getPosition(components),
      putPosition(components),
      putReadingStatus(components),
      listBookmarks(components),
      createBookmark(components),
      deleteBookmarkOperation(components),
      startReading(components),
      beatReading(components),
      endReading(components),
      getReadingStatistics(components),
      getReadingSettings(),
      putReadingSettings(),
    ],
    jobs: [],
    services: [],
  }
}
