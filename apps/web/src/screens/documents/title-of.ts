import { documents as t } from '@stoa/ui/messages/documents'
import { scriptLanguage } from '../../text/script-language.ts'

/** What a document is called in lists, with the language of its words. */
export function titleOf({ title }: { readonly title: string }): {
  text: string
  language: string | undefined
} {
  const text = title.trim()
  return text === '' ? { text: t.untitled(), language: undefined } : { text, language: scriptLanguage(text) }
}
