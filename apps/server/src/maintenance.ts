/** Work on an installation from the terminal of its machine; `stoa migrate`, `stoa keys` and `stoa sign-in-link` call it. */
import { isStoaError } from '@stoa/kernel'
import { runTask } from './maintenance/tasks.ts'

await runTask(process.argv.slice(2)).then(
  (text) => void process.stdout.write(`${text}\n`),
  (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${isStoaError(error) ? `${text} (${error.code})` : text}\n`)
    process.exitCode = 1
  },
)
