import { useMemo } from 'react'
import { elementsOf } from './elements.ts'

/** The part of {@link Markdown} that is fetched when it is first needed. */
export default function MarkdownText({ text }: { text: string }) {
  return useMemo(() => elementsOf(text), [text])
}
