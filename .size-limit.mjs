import { existsSync, readFileSync } from 'node:fs'

/** What index.html loads before anything is shown: the entry and what it preloads, not the parts fetched later. */
const page = 'apps/web/dist/index.html'
const html = existsSync(page) ? readFileSync(page, 'utf8') : ''
const named = (extension) =>
  [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)]
    .map(([, file]) => `apps/web/dist/${file}`)
    .filter((file) => file.endsWith(extension))

export default [
  { name: 'first screen, script', path: named('.js'), limit: '200 kB', gzip: true },
  { name: 'first screen, style', path: named('.css'), limit: '25 kB', gzip: true },
]
