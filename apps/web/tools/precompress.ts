import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const SMALL = 1024

/** Puts `.br` and `.gz` beside every text file of the build; the server sends them to whoever takes them. */
export function precompress(): Plugin {
  let folder = 'dist'
  return {
    name: 'stoa-precompress',
    apply: 'build',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => {
        for (const file of globSync('**/*.{js,mjs,css,html,svg,json,wasm,webmanifest}', { cwd: folder })) {
          compress(join(folder, file))
        }
      },
    },
  }
}

function compress(path: string): void {
  const bytes = readFileSync(path)
  if (bytes.length < SMALL) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
}
