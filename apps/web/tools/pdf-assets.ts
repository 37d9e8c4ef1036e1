import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** Folders of pdf.js that it fetches while it reads: character maps, the 14 standard fonts, image decoders, colour profiles. */
const FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs']
const PREFIX = 'assets/pdfjs'

/** Puts the files that pdf.js loads at run time under `/assets/pdfjs/`, in builds and in the development server. */
export function pdfAssets(): Plugin {
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  )
  return {
    name: 'stoa-pdf-assets',
    generateBundle() {
      for (const file of files) {
        this.emitFile({
          type: 'asset',
          fileName: `${PREFIX}/${file}`,
          source: readFileSync(join(root, file)),
        })
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = request.url?.split('?')[0]?.split(`/${PREFIX}/`)[1]
        if (file === undefined || !files.includes(file)) return next()
        response.setHeader(
          'content-type',
          file.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream',
        )
        response.end(readFileSync(join(root, file)))
      })
    },
  }
}
