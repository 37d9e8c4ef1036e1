import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hygieneFaults } from '../hygiene/rules.ts'
import { type Gate, verdictOf, verdictOfFaults } from '../lib/gate.ts'
import { repositoryFiles } from '../lib/repository.ts'
import { bin, run } from '../lib/run.ts'
import { ROOT } from '../lib/workspaces.ts'

/** Pictures, fonts, books: not text. */
const BINARY = /\.(png|jpe?g|webp|avif|gif|ico|woff2?|ttf|otf|epub|pdf|mobi|azw3|cbz|zip|gz|wasm|bin)$/
const LARGEST_BYTES = 5_000_000

export const hygieneGates: readonly Gate[] = [
  {
    name: 'no file holds what it should not',
    run: async () => {
      const paths = repositoryFiles()
      const huge = paths.filter((path) => statSync(join(ROOT, path)).size > LARGEST_BYTES)
      const faults = paths
        .filter((path) => !BINARY.test(path))
        .flatMap((path) => hygieneFaults(path, readFileSync(join(ROOT, path), 'utf8')))
      return verdictOfFaults(
        [...faults, ...huge.map((path) => `${path} is larger than 5 MB`)],
        `${paths.length} files`,
      )
    },
  },
  {
    name: 'no secrets (secretlint)',
    run: async () => verdictOf(await run(bin('secretlint'), ['--maskSecrets', '--no-color', '**/*'])),
  },
]
