/** Characters that a file's name cannot have on every system. */
const UNFIT = /[\p{Cc}/\\:*?"<>|]/gu

/** A title as the name of a file. */
export const fileName = (title: string, ending: string): string => `${title.replace(UNFIT, '_')}.${ending}`

/** Has the browser save something as a file. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the address over when the next task runs; freeing it at once would end the download.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
