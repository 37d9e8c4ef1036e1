import { clusterTool } from '@stoa/testkit/clustered'

/** Somebody who looks for a cause with what a runbook names, and nothing else. */
export interface OperatorOptions {
  readonly url: string
  /** Of an owner. */
  readonly token: string
  /** All that was logged until now. */
  readonly log: () => string
  /** For `stoa cluster …`; absent: there is no terminal. */
  readonly dataDir?: string
}

/** `action=… key=…`: on one line of the log, `…` for any value that is not empty. */
function inLog(pattern: string, log: string): boolean {
  const pairs = pattern.split(' ').map((pair) => {
    const [key = '', value = ''] = pair.split('=')
    const escaped = value.replaceAll('.', '\\.')
    return new RegExp(`(^| )${key}=${value === '…' ? '(?!"")\\S' : `${escaped}( |$)`}`)
  })
  return log.split('\n').some((line) => pairs.every((pair) => pair.test(line)))
}

/** The sum of a series, with at least these labels; `undefined` without one. */
export function seriesIn(text: string, wanted: string): number | undefined {
  const [, name = '', labels = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(wanted) ?? []
  const lines = text.split('\n').flatMap((line) => {
    const [, series = '', has = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    const fits = series === name && labels.split(',').every((label) => has.includes(label))
    return fits ? [Number(value)] : []
  })
  return lines.length === 0 ? undefined : lines.reduce((sum, value) => sum + value, 0)
}

/** Whether a field of this name is anywhere in an answer, with this value if one is told. */
function inJson(json: unknown, field: string, value?: string): boolean {
  if (typeof json !== 'object' || json === null) return false
  return Object.entries(json).some(
    ([key, inner]) =>
      (key === field && (value === undefined || String(inner) === value)) || inJson(inner, field, value),
  )
}

export class Operator {
  readonly #options: OperatorOptions
  readonly #answers: unknown[] = []
  #printed = ''
  #before = ''
  #logged = 0

  constructor(options: OperatorOptions) {
    this.#options = options
  }

  /** From here on something is the matter: only what shows after it counts. */
  async begins(): Promise<void> {
    this.#answers.length = 0
    this.#printed = ''
    this.#logged = this.#options.log().length
    this.#before = await this.metrics()
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.#options.url}/metrics`)).text()
  }

  /** A request as the runbook writes it, e.g. `GET /api/v1/content/fetches`. Its answer is looked at, too, from now on. */
  async asks(request: string, body?: object): Promise<unknown> {
    const [method = '', path = ''] = request.split(' ')
    const { url, token } = this.#options
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${url}${path}`, { method, headers, ...sent })
    if (!answer.ok) throw new Error(`${request}: ${answer.status} ${await answer.text()}`)
    const json: unknown = await answer.json()
    this.#answers.push(json)
    return json
  }

  /** Something that is looked at for its fields. */
  looksAt(json: unknown): void {
    this.#answers.push(json)
  }

  /** What a command of the runbook prints, e.g. `stoa cluster status`. */
  async types(command: string): Promise<string> {
    const { dataDir } = this.#options
    if (dataDir === undefined) throw new Error(`No terminal for ${command}.`)
    const printed = await clusterTool(dataDir, ...command.split(' ').slice(2))
    this.#printed += printed
    return printed
  }

  /** Whether what the runbook has in code is there: log line, series that grew, `field: value`, field, command and its words. */
  async sees(code: string): Promise<boolean> {
    if (code.startsWith('action=')) return inLog(code, this.#options.log().slice(this.#logged))
    if (code.startsWith('stoa_')) return this.#grew(code)
    if (code.startsWith('stoa cluster ')) return (await this.types(code)) !== ''
    const [, field = '', value] = /^(\w+)(?:: (\S+))?$/.exec(code) ?? []
    if (field === '') throw new Error(`The runbook says what nobody can look for: ${code}`)
    return this.#answers.some((json) => inJson(json, field, value)) || this.#printed.includes(code)
  }

  async #grew(series: string): Promise<boolean> {
    const before = seriesIn(this.#before, series)
    const now = seriesIn(await this.metrics(), series)
    return before !== undefined && now !== undefined && now > before
  }
}
