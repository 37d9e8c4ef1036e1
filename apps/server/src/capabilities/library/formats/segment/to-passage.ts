import { passageLanguage } from '../text/language.ts'
import type { Passage } from '../types.ts'
import type { MergedBlock } from './merge.ts'

/** What a passage takes from its block and the section's text, whatever the format. */
export type PassageText = Omit<Passage, 'ord' | 'locator' | 'sectionIndex' | 'prefix' | 'suffix'>

export function passageText(sectionText: string, block: MergedBlock): PassageText {
  const text = sectionText.slice(block.start, block.end)
  return {
    kind: block.kind,
    sectionPath: [...block.path],
    text,
    language: passageLanguage(text, block.language),
    words: block.words,
  }
}
