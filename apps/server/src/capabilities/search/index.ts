/** Search: one box over everything the asker may read. */
import type { Capability } from '../capability.ts'
import type { SearchComponents } from './components.ts'
import { searchOperation } from './operations/search.ts'

export type { BookScope, MarkedPlace, SearchableBook, SearchComponents } from './components.ts'

export function createSearch(components: SearchComponents): Capability {
  return { name: 'search', operations: [searchOperation(components)], jobs: [], services: [] }
}
