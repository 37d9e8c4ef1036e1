import { useState } from 'react'
import { usePlaceKey } from '../../../offline/place-key.ts'

/** Words of a comment that outlive the page, per account and place; `start`: what stands there before anything is written. */
export function useKeptWords(where: string, start = '') {
  const name = `stoa.comment.${usePlaceKey()}.${where}`
  const [text, setText] = useState(() => localStorage.getItem(name) ?? start)
  const set = (next: string) => {
    setText(next)
    if (next.trim() === '' || next === start) localStorage.removeItem(name)
    else localStorage.setItem(name, next)
  }
  return { text, set, clear: () => set('') }
}
