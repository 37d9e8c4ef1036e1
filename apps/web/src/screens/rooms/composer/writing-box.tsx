import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import type { useMentionBox } from './use-mention-box.ts'

const MOST_CHARACTERS = 16_000

interface WritingBoxProps {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly text: string
  readonly label: string
  readonly placeholder: string
  /** The list of names that opens after an @. */
  readonly box: ReturnType<typeof useMentionBox>
  readonly onText: (text: string) => void
  readonly onFiles: (files: readonly File[]) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void
}

/** The field itself, a combobox over the names of the room (WAI-ARIA Authoring Practices). */
export function WritingBox(props: WritingBoxProps) {
  const { field, text, label, placeholder, box, onText, onFiles, onKeyDown } = props
  useGrowing(field, text)
  const open = box.items.length > 0
  return (
    <textarea
      ref={field}
      className="in"
      rows={1}
      maxLength={MOST_CHARACTERS}
      placeholder={placeholder}
      aria-label={label}
      role="combobox"
      aria-expanded={open}
      aria-controls={box.id}
      aria-autocomplete="list"
      aria-activedescendant={open ? `${box.id}-${box.at}` : undefined}
      value={text}
      onChange={({ target }) => {
        onText(target.value)
        box.moved(target.selectionStart)
      }}
      onSelect={({ currentTarget }) => box.moved(currentTarget.selectionStart)}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        const pasted = [...event.clipboardData.files]
        if (pasted.length === 0) return
        event.preventDefault()
        onFiles(pasted)
      }}
    />
  )
}

/** As high as its words, up to a third of the window; then it scrolls. */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, innerHeight / 3)}px`
  }, [field, text])
}
