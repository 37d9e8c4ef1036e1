import type { XmlElement } from '../xml/tree.ts'

/** Sections and contents, as foliate-js divides the same file: its CFIs count on that. */
export interface MobiText {
  sections: MobiSection[]
  toc: MobiTocItem[]
}

export interface MobiSection {
  /** Bytes of markup: the section's weight. */
  bytes: number
  linear: boolean
  /** The section's document. */
  parse(): XmlElement | undefined
}

export interface MobiTocItem {
  title: string
  href: string
  sectionIndex: number
  /** Id, name or `aid` of the element it leads to. */
  anchor: string | undefined
  children: MobiTocItem[]
}
