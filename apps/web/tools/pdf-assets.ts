import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** Folders of pdf.js that it fetches while it reads: character maps, the 14 standard fonts, image decoders, colour profiles. */
const FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs']
/** The sandbox for scripts of forms, which are never run. */
const LEFT_OUT = /^quickjs-eval/

/**
 * Puts the files that pdf.js loads at run time under `/assets/pdfjs/<version>/`, in builds and in the development server, with a
 * list of them in `files.json`. The app knows the folder as `PDFJS_ASSETS`.
 */
export function pdfAssets(): Plugin {
  const packageFile = createRequire(import.meta.url).resolve('pdfjs-dist/package.json')
  const root = dirname(packageFile)
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  const prefix = `assets/pdfjs/${version}`
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => !LEFT_OUT.test(name))
      .map((name) => `${folder}/${name}`),
  )
  return {
    name: 'stoa-pdf-assets',
    config: () => ({ define: { PDFJS_ASSETS: JSON.stringify(`${prefix}/`) } }),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: `${prefix}/files.json`, source: JSON.stringify(files) })
      for (const file of files) {
        this.emitFile({
          type: 'asset',
          fileName: `${prefix}/${file}`,
          source: readFileSync(join(root, file)),
        })
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = request.url?.split('?')[0]?.split(`/${prefix}/`)[1]
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
