import type { Piece } from './diff-words.ts'

/** A text with what came underlined and what went struck through. */
export function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ kind, text }, index) => {
    const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span'
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text in its order
    return <Tag key={index}>{text}</Tag>
  })
}
