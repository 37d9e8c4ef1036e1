/** What the bootstrap tells people: short lines on standard error, so that a command's own output stays clean. */

const colour = process.stderr.isTTY && !process.env.NO_COLOR

/** One line of progress. @param {string} text */
export function say(text) {
  process.stderr.write(colour ? `\u001b[2m▸ ${text}\u001b[0m\n` : `▸ ${text}\n`)
}

/** A failure that the reader can do something about; printed without a stack. */
export class BootstrapError extends Error {
  /** @override */
  name = 'BootstrapError'
}

/** The last lines of a tool's output, for an error message. @param {string} output */
export function tail(output, lines = 15) {
  return output.trim().split('\n').slice(-lines).join('\n')
}

/** The code of a system error, e.g. `ENOENT`. @param {unknown} error */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
