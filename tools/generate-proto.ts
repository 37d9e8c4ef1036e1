/**
 * contracts/proto → packages/contracts/src/generated/proto: lint by buf, code by protoc-gen-es of this checkout. `--check`
 * writes nothing and fails when the committed files differ.
 */
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { emit } from './lib/generated-file.ts'
import { bin, run } from './lib/run.ts'
import { ROOT } from './lib/workspaces.ts'

const SOURCE = 'contracts/proto'
const TARGET = 'packages/contracts/src/generated/proto'

async function buf(...args: string[]): Promise<void> {
  const { code, output } = await run(bin('buf'), args, { cwd: ROOT })
  if (code !== 0) throw new Error(`buf ${args[0]} failed\n${output}`)
}

async function generate(folder: string): Promise<void> {
  const template = {
    version: 'v2',
    plugins: [
      {
        local: bin('protoc-gen-es'),
        out: join(folder, 'out'),
        opt: ['target=js+dts', 'import_extension=js'],
      },
    ],
  }
  await writeFile(join(folder, 'buf.gen.yaml'), JSON.stringify(template))
  await buf('lint', SOURCE)
  await buf('generate', SOURCE, '--template', join(folder, 'buf.gen.yaml'))
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-proto-'))
  try {
    await generate(folder)
    for (const path of globSync('out/**/*_pb.{js,d.ts}', { cwd: folder }).sort())
      emit(`${TARGET}/${basename(path).replace('_pb', '')}`, await readFile(join(folder, path), 'utf8'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
