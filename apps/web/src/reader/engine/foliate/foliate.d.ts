/** The parts of foliate-js 1.0.1 that the engine uses. Written from its documentation and behaviour. */
declare module 'foliate-js/view.js' {
  /** Reads a file by its content, and by its name where content does not tell (CBZ, FB2). */
  export function makeBook(file: File): Promise<import('./foliate-types.ts').FoliateBook>
}

declare module 'foliate-js/paginator.js' {
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
    open(book: import('./foliate-types.ts').FoliateBook): void
    goTo(target: import('./foliate-types.ts').Resolved): Promise<void>
    scrollToAnchor(anchor: Range): Promise<void>
    next(distance?: number): Promise<void>
    prev(distance?: number): Promise<void>
    nextSection(): Promise<void>
    prevSection(): Promise<void>
    firstSection(): Promise<void>
    lastSection(): Promise<void>
    setStyles(styles: string | readonly [before: string, after: string]): void
    getContents(): import('./foliate-types.ts').RendererContent[]
    render(): void
    destroy(): void
  }
}

declare module 'foliate-js/fixed-layout.js' {
  export class FixedLayout extends HTMLElement {
    readonly index: number
    spread: string | undefined
    open(book: import('./foliate-types.ts').FoliateBook): void
    goTo(target: import('./foliate-types.ts').Resolved): Promise<void>
    next(): Promise<void>
    prev(): Promise<void>
    getContents(): import('./foliate-types.ts').RendererContent[]
    destroy(): void
  }
}

declare module 'foliate-js/progress.js' {
  export class TOCProgress {
    init(options: {
      toc: import('./foliate-types.ts').FoliateTocItem[]
      ids: unknown[]
      splitHref: (href: string) => unknown
      getFragment: (document: Document, id: unknown) => Node | null
    }): Promise<void>
    getProgress(
      index: number,
      range?: Range | null,
    ): import('./foliate-types.ts').FoliateTocItem | null | undefined
  }
  export class SectionProgress {
    constructor(
      sections: readonly import('./foliate-types.ts').FoliateSection[],
      sizePerLocation: number,
      sizePerTimeUnit: number,
    )
    readonly sizeTotal: number
    readonly sectionFractions: readonly number[]
    getProgress(
      index: number,
      fraction: number,
      size?: number,
    ): import('./foliate-types.ts').SectionProgressResult
    getSection(fraction: number): [index: number, fraction: number]
  }
}

declare module 'foliate-js/epub.js' {
  export class EPUB {
    constructor(loader: import('./zip-loader.ts').BookLoader)
    init(): Promise<import('./foliate-types.ts').FoliateBook>
  }
}

declare module 'foliate-js/comic-book.js' {
  export function makeComicBook(
    loader: import('./zip-loader.ts').BookLoader,
    file: File,
  ): Promise<import('./foliate-types.ts').FoliateBook>
}

declare module 'foliate-js/vendor/zip.js' {
  export interface Entry {
    readonly filename: string
    readonly directory: boolean
    readonly uncompressedSize: number
    getData?(writer: BlobWriter): Promise<Blob>
  }
  export class BlobReader {
    constructor(blob: Blob)
  }
  export class BlobWriter {
    constructor(type?: string)
  }
  export class ZipReader {
    constructor(reader: BlobReader)
    readonly comment?: string
    getEntries(): Promise<Entry[]>
  }
  export function configure(options: { useWebWorkers: boolean }): void
}
