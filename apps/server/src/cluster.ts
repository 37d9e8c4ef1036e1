/**
 * What an operator does with the cluster on a terminal, beside the program or without it:
 *   node cluster.ts init | join TEXT | snapshot | members | status | revoke MEMBER | rotate-admin [--data DIR]
 * Results on standard output; problems on standard error with exit status 1.
 */
import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { loadConfig } from './config/load.ts'
import {
  changeMembers,
  init,
  join,
  look,
  memberId,
  newMember,
  rotateAdmin,
} from './maintenance/cluster/commands.ts'
import * as say from './maintenance/cluster/texts.ts'
import { runCommand } from './program/run-command.ts'

const options = {
  data: { type: 'string' },
  name: { type: 'string' },
  'node-name': { type: 'string' },
  domain: { type: 'string' },
  address: { type: 'string', multiple: true },
  days: { type: 'string', default: '365' },
  add: { type: 'string', multiple: true },
  pardon: { type: 'string', multiple: true },
  reason: { type: 'string', default: 'revoked by the admin' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

async function main(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [command, argument, ...rest] = positionals
  if (values.help || command === undefined || rest.length > 0) return say.USAGE
  const config = loadConfig(values.data === undefined ? {} : { data: values.data })
  const nodeName = (values['node-name'] ?? hostname()).slice(0, 64)
  const days = wholeNumber(values.days)
  switch (command) {
    case 'init': {
      const { name, domain, address: addresses = [] } = values
      return say.founded(await init(config, { name, domain, addresses, days, nodeName }), domain)
    }
    case 'join':
      return say.joined(
        await join(config, { text: required(argument), addresses: values.address ?? [], nodeName }),
        nodeName,
      )
    case 'snapshot': {
      const change = { add: (values.add ?? []).map(newMember), pardon: values.pardon ?? [] }
      if (change.add.length + change.pardon.length === 0)
        return look(config, async (contact) => say.snapshot(contact, values.json))
      return say.changed(await changeMembers(config, () => change))
    }
    case 'members':
      return look(config, async (contact) => say.members(contact, values.json))
    case 'status':
      return look(config, async (contact) => say.statuses(await contact.statuses(), contact, values.json))
    case 'revoke': {
      const { reason } = values
      const member = required(argument)
      return say.changed(
        await changeMembers(config, (membership) => ({
          revoke: [{ peer_id: memberId(membership, member), reason }],
        })),
      )
    }
    case 'rotate-admin':
      return say.rotated(await rotateAdmin(config, days))
    default:
      throw new Error(say.USAGE)
  }
}

function required(argument: string | undefined): string {
  if (argument === undefined) throw new Error(say.USAGE)
  return argument
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0 && value <= 3650) return value
  throw new Error(`--days must be a whole number from 1 to 3650, not "${text}"`)
}

await runCommand(main)
