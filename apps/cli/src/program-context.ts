import type { Environment } from './environment.ts'

/** What the commands get from the process that they run in. */
export interface ProgramContext {
  readonly environment: Environment
  readonly version: string
  print(text: string): void
  /** Says something beside what is printed: how it is done, not what was asked for. */
  note(text: string): void
  /** Called with the exit status of the command that ran. */
  exit(code: number): void
}
