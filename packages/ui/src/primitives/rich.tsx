import { Fragment, type ReactNode } from 'react'

const TAG = /<(\w+)>(.*?)<\/\1>/gs

export interface RichProps {
  /** A message that marks parts: `Read the <link>handbook</link>.` */
  text: string
  /** How each mark is drawn. A mark without a drawing stays plain text. */
  as: Readonly<Record<string, (content: string) => ReactNode>>
}

/** A sentence with links or emphasis inside, kept whole for translation. Never interprets HTML. */
export function Rich({ text, as }: RichProps) {
  const parts: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(TAG)) {
    const [whole, name = '', content = ''] = match
    parts.push(text.slice(end, match.index))
    parts.push(<Fragment key={match.index}>{as[name]?.(content) ?? content}</Fragment>)
    end = match.index + whole.length
  }
  parts.push(text.slice(end))
  return parts
}
