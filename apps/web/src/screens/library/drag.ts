import { useEffect, useState } from 'react'

const BOOKS = 'application/x-stoa-books'
const SHELF = 'application/x-stoa-shelf'

/** Books or a shelf under way by mouse, within this page. Files from outside are another matter (`useFileDrop`). */
export const dragBooks = (transfer: DataTransfer, ids: readonly string[]): void => {
  transfer.effectAllowed = 'copyMove'
  transfer.setData(BOOKS, JSON.stringify(ids))
}
export const dragShelf = (transfer: DataTransfer, id: string): void => {
  transfer.effectAllowed = 'move'
  transfer.setData(SHELF, id)
}
export const carriesBooks = (transfer: DataTransfer): boolean => transfer.types.includes(BOOKS)
export const carriesShelf = (transfer: DataTransfer): boolean => transfer.types.includes(SHELF)
export const carriesFiles = (transfer: DataTransfer): boolean => transfer.types.includes('Files')
export const droppedBooks = (transfer: DataTransfer): string[] =>
  JSON.parse(transfer.getData(BOOKS) || '[]') as string[]
export const droppedShelf = (transfer: DataTransfer): string => transfer.getData(SHELF)

interface FileEntry extends FileSystemEntry {
  file(done: (file: File) => void, failed: (error: unknown) => void): void
}
interface FolderEntry extends FileSystemEntry {
  createReader(): FileSystemDirectoryReader
}

/** Every file of what was dropped, folders included; hidden files left out. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const roots = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  )
  if (roots.length === 0) return [...transfer.files]
  return (await Promise.all(roots.map(filesOf))).flat()
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.name.startsWith('.')) return []
  if (entry.isFile) {
    return [await new Promise<File>((resolve, reject) => (entry as FileEntry).file(resolve, reject))]
  }
  const reader = (entry as FolderEntry).createReader()
  const inside: FileSystemEntry[] = []
  // A reader gives a hundred at a time, and nothing when it is done.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) break
    inside.push(...some)
  }
  return (await Promise.all(inside.map(filesOf))).flat()
}

/** Whether files from outside hover over the window; takes them wherever they are dropped. */
export function useFileDrop(take: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    // An element is entered before the last one is left, and one that goes away meanwhile is never left: counting would not do.
    let under: EventTarget | null = null
    const on = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', run: (event: DragEvent) => void) =>
      addEventListener(
        type,
        (event) => {
          if (!event.dataTransfer || !carriesFiles(event.dataTransfer)) return
          event.preventDefault()
          run(event)
        },
        { signal },
      )
    on('dragenter', ({ target }) => {
      under = target
      setOver(true)
    })
    on('dragleave', ({ target }) => {
      if (target === under) setOver(false)
    })
    on('dragover', () => setOver(true))
    on('drop', (event) => {
      setOver(false)
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(take)
    })
    return () => controller.abort()
  }, [take])
  return over
}
