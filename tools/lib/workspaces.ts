import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The checkout's top folder. */
export const ROOT = join(import.meta.dirname, '..', '..')

export interface Workspace {
  /** Path below the checkout, e.g. `packages/kernel`. */
  folder: string
  name: string
  scripts: Readonly<Record<string, string>>
}

interface Manifest {
  name: string
  scripts?: Record<string, string>
}

/** Every workspace package, libraries before apps, each group by name. */
export function workspaces(root = ROOT): Workspace[] {
  const manifests = ['packages/*/package.json', 'apps/*/package.json', 'bench/package.json']
  return manifests.flatMap((pattern) =>
    globSync(pattern, { cwd: root })
      .sort()
      .map((file) => {
        const { name, scripts = {} }: Manifest = JSON.parse(readFileSync(join(root, file), 'utf8'))
        return { folder: dirname(file), name, scripts }
      }),
  )
}
