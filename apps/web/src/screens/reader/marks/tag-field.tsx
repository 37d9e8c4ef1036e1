import { Icon } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { X } from 'lucide-react'
import { useState } from 'react'

const LONGEST = 60
const MOST = 30

/** Words as tags: Enter or a comma adds, Backspace in the empty field takes the last away. */
export function TagField({
  tags,
  onChange,
}: {
  tags: readonly string[]
  onChange: (tags: string[]) => void
}) {
  const [typed, setTyped] = useState('')
  const add = () => {
    const tag = typed.trim().replace(/^#/, '').slice(0, LONGEST)
    setTyped('')
    if (tag !== '' && !tags.includes(tag) && tags.length < MOST) onChange([...tags, tag])
  }
  return (
    <div className="tag-field">
      {tags.map((tag) => (
        <span key={tag} className="tag">
          {tag}
          <button
            type="button"
            aria-label={t.removeTag({ tag })}
            onClick={() => onChange(tags.filter((each) => each !== tag))}
          >
            <Icon of={X} size="xs" />
          </button>
        </span>
      ))}
      <input
        aria-label={t.tags()}
        placeholder={t.tagsPlaceholder()}
        value={typed}
        maxLength={LONGEST}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter' || event.key === ',' || event.key === '，') {
            event.preventDefault()
            add()
          }
          if (event.key === 'Backspace' && typed === '' && tags.length > 0) onChange(tags.slice(0, -1))
        }}
      />
    </div>
  )
}
