import { uuidv7 } from '@stoa/kernel'
import { useRef } from 'react'

/**
 * The key under which something is sent. The same words tried again after a lost answer keep theirs, so that they are taken once;
 * other words get another.
 */
export function useKey(): (body: unknown) => string {
  const last = useRef({ words: '', key: '' })
  return (body) => {
    const words = JSON.stringify(body)
    if (words !== last.current.words) last.current = { words, key: uuidv7() }
    return last.current.key
  }
}
