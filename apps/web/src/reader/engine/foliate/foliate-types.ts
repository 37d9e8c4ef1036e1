/** A book as foliate-js gives it: one shape for all formats, most members optional. */
export interface FoliateBook {
  readonly sections: FoliateSection[]
  readonly toc?: FoliateTocItem[] | null
  readonly pageList?: FoliateTocItem[] | null
  readonly metadata?: FoliateMetadata
  readonly rendition?: { readonly layout?: string; readonly spread?: string }
  readonly dir?: string | null
  /** EPUB: announces every resource before it becomes a `blob:` address. */
  readonly transformTarget?: EventTarget
  readonly resources?: { getItemByHref(href: string): { readonly mediaType: string } | undefined }
  /** MOBI and AZW3. */
  serializer?: { serializeToString(document: Document): string }
  loadResourceBlob?(address: string): Promise<[Blob, Element | null]>
  /** MOBI and AZW3: 0 = open. */
  readonly mobi?: { readonly headers?: { readonly palmdoc?: { readonly encryption?: number } } }
  /** EPUB: the raw text of an entry. */
  loadText?(path: string): Promise<string | null>
  resolveHref(href: string): Resolved | null | undefined | Promise<Resolved | null | undefined>
  isExternal?(href: string): boolean
  splitTOCHref?(href: string): unknown
  getTOCFragment?(document: Document, id: unknown): Node | null
  destroy?(): void
}

export interface FoliateSection {
  readonly id: unknown
  readonly linear?: string | null
  readonly size?: number
  /** EPUB: the CFI of the spine item. */
  readonly cfi?: string
  load?(): string | null | Promise<string | null>
  unload?(): void
  createDocument?(): Document | Promise<Document>
  resolveHref?(href: string): string
}

export interface FoliateTocItem {
  readonly label?: string | null
  readonly href?: string | null
  readonly subitems?: FoliateTocItem[] | null
}

export interface FoliateMetadata {
  readonly title?: unknown
  readonly author?: unknown
  readonly language?: unknown
  readonly identifier?: unknown
  readonly publisher?: unknown
}

export interface TransformDetail {
  data: string | Blob | null | undefined | Promise<string | Blob | null | undefined>
  type: string
  readonly name: string
}

/** A place a renderer can go to. The anchor is asked once the document is there. */
export interface Resolved {
  readonly index: number
  readonly anchor?: (document: Document) => Anchor | null | undefined
}

/** A range, an element, or a share of the section. */
export type Anchor = Range | Element | number

export interface RendererLocation {
  readonly reason: string | null | undefined
  readonly range: Range | null
  readonly index: number
  /** Start of what is visible, of the section. */
  readonly fraction: number
  /** How much of the section is visible. */
  readonly size?: number
}

export interface RendererContent {
  readonly doc: Document
  readonly index?: number
}

export interface SectionProgressResult {
  readonly fraction: number
  readonly location: { readonly total: number }
  readonly time: { readonly section: number; readonly total: number }
}
