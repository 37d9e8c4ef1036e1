import { spawn } from 'node:child_process'

/** Opens `url` where there is somebody to look at it: a desktop, and a terminal that is not a pipe of another program. */
export function openBrowser(url: string, environment: Readonly<Record<string, string | undefined>>): void {
  const command = opener(environment)
  if (!command) return
  const [program, ...args] = command
  const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' })
  // No browser is no failure: the link is on the terminal.
  child.on('error', () => {})
  child.unref()
}

function opener(
  environment: Readonly<Record<string, string | undefined>>,
): [string, ...string[]] | undefined {
  if (environment.CI || environment.SSH_CONNECTION) return undefined
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '']
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ['xdg-open'] : undefined
}
