import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** Names that the server takes as books; what is in the file is for the server to judge. */
const EXTENSIONS = new Set([
  ...[
    '.epub',
    '.pdf',
    '.mobi',
    '.azw3',
    '.azw',
    '.fb2',
    '.cbz',
    '.txt',
    '.md',
    '.markdown',
    '.html',
    '.htm',
    '.xhtml',
  ],
])

/** Books in a folder and below it, by path; hidden files and folders are left out. */
export async function findBooks(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...(await findBooks(path)))
    else if (entry.isFile() && EXTENSIONS.has(extname(entry.name).toLowerCase())) found.push(path)
  }
  return found
}
