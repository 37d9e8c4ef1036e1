import type { Page } from 'playwright-core'
import type { MockHandlers } from '../src/testing/mock-api.ts'

/** A document as a server that never changes it would give it. */
export interface MockDocument {
  readonly update: Uint8Array
  /** An update of y-protocols/awareness. */
  readonly awareness?: Uint8Array
}

/** One screen to shoot. Areas keep theirs in `src/screens/<area>/shots.ts`. */
export interface Shot {
  /** File name without language, width and theme. */
  name: string
  path: string
  /** Over the handlers of a signed-in owner; the later win. */
  handlers?: readonly MockHandlers[]
  /** Brings the page to the state to shoot, after it has loaded. */
  act?: (page: Page) => Promise<void>
  /** Accounts that are here in every room. */
  present?: readonly string[]
  /** What the documents say: Yjs updates, one for the text and one for who is in it. By id. */
  documents?: Readonly<Record<string, MockDocument>>
  /** Files by path, e.g. `/blobs/walden`. */
  files?: Readonly<Record<string, Uint8Array>>
  /** The screen is meant to throw. */
  throws?: true
  /** Only these widths; default all. */
  widths?: readonly number[]
}
