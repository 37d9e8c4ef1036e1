import { type Finding, judge } from '../doctor/checks.ts'
import { type Asked, gather } from '../doctor/gather.ts'

const SIGNS = { good: '✓', doubtful: '!', bad: '✗' } as const

/** `stoa doctor`: looks at what a start needs; resolves with the exit status: 1 when something is bad. */
export async function doctor(
  asked: Asked & { json?: boolean },
  print: (text: string) => void,
): Promise<number> {
  const findings = judge(await gather(asked))
  print(asked.json ? JSON.stringify(findings, null, 2) : findings.map(describe).join('\n'))
  return findings.some(({ state }) => state === 'bad') ? 1 : 0
}

function describe({ name, state, text, hint }: Finding): string {
  return `${SIGNS[state]} ${name}: ${text}${hint ? `\n    ${hint}` : ''}`
}
