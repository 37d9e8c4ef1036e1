import { isStoaError } from '@stoa/kernel'

/** Runs a command of the terminal: what it says goes out, what went wrong goes to the error stream, with its code where it has one. */
export async function runCommand(main: (args: readonly string[]) => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await main(process.argv.slice(2))}\n`)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${isStoaError(error) ? `${text} (${error.code})` : text}\n`)
    process.exitCode = 1
  }
}
