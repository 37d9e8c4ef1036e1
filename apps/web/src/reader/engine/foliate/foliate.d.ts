/** The parts of foliate-js 1.0.1 that the engine uses. Written from its documentation and behaviour. */
declare module 'foliate-js/view.js' {
  import type { FoliateBook } from './foliate-types.ts'
  /** Reads a file by its content, and by its name where content does not tell (CBZ, FB2). */
  export function makeBook(file: File): Promise<FoliateBook>
}

declare module 'foliate-js/paginator.js' {
  import type { FoliateBook, RendererContent, Resolved } from './foliate-types.ts'
  export class Paginator extends HTMLElement {
    readonly page: number
    readonly pages: number
    readonly size: number
    readonly start: number
    readonly end: number
    readonly viewSize: number
    readonly atStart: boolean
    readonly atEnd: boolean
    readonly scrolled: boolean
    open(book: FoliateBook): void
    goTo(target: Resolved): Promise<void>
    next(distance?: number): Promise<void>
    prev(distance?: number): Promise<void>
    nextSection(): Promise<void>
    prevSection(): Promise<void>
    firstSection(): Promise<void>
    lastSection(): Promise<void>
    setStyles(styles: string | readonly [before: string, after: string]): void
    getContents(): RendererContent[]
    render(): void
    destroy(): void
  }
}

declare module 'foliate-js/fixed-layout.js' {
  import type { FoliateBook, RendererContent, Resolved } from './foliate-types.ts'
  export class FixedLayout extends HTMLElement {
    readonly index: number
    spread: string | undefined
    open(book: FoliateBook): void
    goTo(target: Resolved): Promise<void>
    next(): Promise<void>
    prev(): Promise<void>
    getContents(): RendererContent[]
    destroy(): void
  }
}

declare module 'foliate-js/progress.js' {
  import type { FoliateSection, FoliateTocItem, SectionProgressResult } from './foliate-types.ts'
  export class TOCProgress {
    init(options: {
      toc: FoliateTocItem[]
      ids: unknown[]
      splitHref: (href: string) => unknown
      getFragment: (document: Document, id: unknown) => Node | null
    }): Promise<void>
    getProgress(index: number, range?: Range | null): FoliateTocItem | null | undefined
  }
  export class SectionProgress {
    constructor(sections: readonly FoliateSection[], sizePerLocation: number, sizePerTimeUnit: number)
    readonly sizeTotal: number
    readonly sectionFractions: readonly number[]
    getProgress(index: number, fraction: number, size?: number): SectionProgressResult
    getSection(fraction: number): [index: number, fraction: number]
  }
}
