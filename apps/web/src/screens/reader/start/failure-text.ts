import { reader as t } from '@stoa/ui/messages/reader'
import { problemText } from '../../../frame/problem-text.ts'
import type { Book } from '../../../offline/types.ts'
import { ReaderError } from '../../../reader/engine/index.ts'

/** Why the server could not read a book in. */
export function failureText(failure: Book['failure']): string {
  if (!failure) return t.damaged()
  const { code } = failure
  if (/drm|protected|password|encrypted/.test(code)) return t.protected()
  if (/unsupported|unknown/.test(code)) return t.unsupported()
  return `${t.damaged()} ${failure.message}`
}

/** Why the book cannot be shown here. */
export function openErrorText(error: unknown): string {
  if (!(error instanceof ReaderError)) return problemText(error)
  switch (error.code) {
    case 'reader.unsupported':
      return t.unsupported()
    case 'reader.protected':
      return t.protected()
    case 'reader.damaged':
    case 'reader.section_failed':
      return t.damaged()
  }
}
