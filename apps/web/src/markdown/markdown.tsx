import './markdown.css'
import clsx from 'clsx'
import { type ComponentType, lazy, Suspense } from 'react'

/** Once the parser is here it is used at once: something lazy stands empty for a moment even then. */
let MarkdownText: ComponentType<{ text: string }> = lazy(fetchText)

async function fetchText() {
  const fetched = await import('./markdown-text.tsx')
  MarkdownText = fetched.default
  return fetched
}

/** Begins to fetch the parser: for screens where most texts need it, so that it is here when the texts are. */
export function prepareMarkdown(): void {
  // Whoever shows a text asks again, and says it then.
  fetchText().catch(() => undefined)
}

/** Signs that a text means more than its words; without one there is nothing to fetch a parser for. */
const MARKED = /[*_`#>[\]~|]|^\s*(?:[-+]|\d+[.)])\s|https?:\/\/|www\./m

interface MarkdownProps {
  readonly text: string
  readonly className?: string
  readonly language?: string | undefined
}

/**
 * What people write, set as Markdown: no HTML, no pictures, links to the web in a window of their own. Until the parser is here, and
 * where the text needs none, the words stand as they were typed. `language`: of the words, where it may not be the interface's.
 */
export function Markdown({ text, className, language }: MarkdownProps) {
  const typed = <p className="typed">{text}</p>
  return (
    <div className={clsx('md', className)} lang={language}>
      {MARKED.test(text) ? (
        <Suspense fallback={typed}>
          <MarkdownText text={text} />
        </Suspense>
      ) : (
        typed
      )}
    </div>
  )
}
