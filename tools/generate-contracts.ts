/**
 * contracts/api → packages/contracts/src/generated. `--check` writes nothing and fails when the committed files differ.
 *
 * 1. `redocly lint` and `redocly bundle` (one document, every $ref inside)
 * 2. Stoa's own rules (contracts/rules.ts): default deny, declared limits
 * 3. problems every operation may answer are added, so that the YAML need not repeat them
 * 4. types, routes and the permission table
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { renderPermissions, renderRoutes, renderTypes } from './contracts/render.ts'
import { addStandardProblems, type ContractDocument, faultsIn } from './contracts/rules.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = 'contracts/api/openapi.yaml'
const target = join(root, 'packages/contracts/src/generated')

async function redocly(...args: string[]): Promise<void> {
  const bin = join(root, 'node_modules/.bin/redocly')
  const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' }
  await promisify(execFile)(bin, args, { cwd: root, env }).catch(
    (error: { stdout: string; stderr: string }) => {
      throw new Error(`redocly ${args[0]} failed\n${error.stdout}${error.stderr}`)
    },
  )
}

async function bundle(): Promise<ContractDocument> {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-contracts-'))
  try {
    await redocly('lint', source)
    await redocly('bundle', source, '-o', join(folder, 'openapi.json'))
    return JSON.parse(await readFile(join(folder, 'openapi.json'), 'utf8'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** File name → content, the same for the same contract. */
export async function generate(): Promise<ReadonlyMap<string, string>> {
  const bundled = await bundle()
  const faults = faultsIn(bundled)
  if (faults.length > 0)
    throw new Error(`the contract breaks ${faults.length} rule(s):\n${faults.join('\n')}`)
  const document = addStandardProblems(bundled)
  return new Map([
    ['openapi.json', `${JSON.stringify(document, null, 1)}\n`],
    ['api.ts', await renderTypes(document)],
    ['routes.ts', renderRoutes(document)],
    ['permissions.ts', renderPermissions(document)],
  ])
}

async function main(check: boolean): Promise<void> {
  const files = await generate()
  const stale: string[] = []
  await mkdir(target, { recursive: true })
  for (const [name, content] of files) {
    const committed = await readFile(join(target, name), 'utf8').catch(() => undefined)
    if (committed === content) continue
    stale.push(name)
    if (!check) await writeFile(join(target, name), content)
  }
  if (check && stale.length > 0) {
    throw new Error(`stale: ${stale.join(', ')}. Run npm run generate and commit the result.`)
  }
  console.log(stale.length === 0 ? 'contracts: up to date' : `contracts: wrote ${stale.join(', ')}`)
}

if (import.meta.main) {
  await main(process.argv.includes('--check')).catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
