import { type ClipboardEvent, type DragEvent, useState } from 'react'

/** Takes pictures that are dropped or pasted; `over` while something is held above. */
export function useImageDrop(add: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false)
  const hold = (held: boolean) => (event: DragEvent) => {
    if (![...event.dataTransfer.types].includes('Files')) return
    event.preventDefault()
    setOver(held)
  }
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    setOver(false)
    add([...event.dataTransfer.files])
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files]
    if (pasted.length === 0) return
    event.preventDefault()
    add(pasted)
  }
  return { over, onPaste, on: { onDragOver: hold(true), onDragLeave: hold(false), onDrop } }
}
