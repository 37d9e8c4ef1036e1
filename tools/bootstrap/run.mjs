import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a command to its end. On a terminal its output is shown as it comes; elsewhere it is kept, for the error message.
 * @param {string} command @param {string[]} args @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options) {
  const show = process.stderr.isTTY === true
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', show ? 2 : 'pipe', show ? 2 : 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: code ?? exitCodeOf(signal), output }))
  })
}

const PARENT_CHECK_MS = 500

/**
 * Hands this process over to `command`: the same standard streams, signals and exit status. Where Node can replace the
 * process it does; elsewhere, and below npm, this process stays as a thin parent. Resolves never: it ends as the child ends.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env
 */
export function handOver(command, args, env) {
  const belowNpm = env.npm_lifecycle_event !== undefined
  if (!belowNpm && typeof process.execve === 'function' && process.platform !== 'win32') {
    process.emitWarning = () => {} // process.execve is marked experimental, and would say so at every start
    process.execve(command, [command, ...args], definedOnly(env))
  }
  return new Promise((_resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'inherit' })
    // A terminal sends Ctrl-C to the whole group, the child included: passing it on would make it two.
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
    process.on('SIGTERM', () => child.kill('SIGTERM')).on('SIGHUP', () => child.kill('SIGHUP'))
    if (belowNpm) onParentGone(() => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('exit', (code, signal) => leave(code, signal))
  })
}

/**
 * A signal to npm ends the shell between npm and us, and never comes here: the shell's end must do.
 * @param {() => void} act
 */
function onParentGone(act) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    act()
  }, PARENT_CHECK_MS)
}

/**
 * Ends as the child ended, so that the caller sees the same status.
 * @param {number | null} code @param {NodeJS.Signals | null} signal
 */
function leave(code, signal) {
  if (signal === null) process.exit(code ?? 1)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
  setTimeout(() => process.exit(exitCodeOf(signal)), 100) // only where the signal is not deadly here
}

/** @param {NodeJS.Signals | null} signal */
function exitCodeOf(signal) {
  return 128 + (signal ? constants.signals[signal] : 0)
}

/** @param {NodeJS.ProcessEnv} env @returns {Record<string, string>} */
function definedOnly(env) {
  /** @type {Record<string, string>} */
  const defined = {}
  for (const [name, value] of Object.entries(env)) if (value !== undefined) defined[name] = value
  return defined
}
