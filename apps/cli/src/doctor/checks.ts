/** What one look found. `hint` says what to do about it. */
export interface Finding {
  readonly name: string
  readonly state: 'good' | 'doubtful' | 'bad'
  readonly text: string
  readonly hint?: string
}

/** What is known of the machine and the installation; gathered by gather.ts, judged here. */
export interface Facts {
  readonly nodeVersion: string
  readonly data: {
    readonly folder: string
    /** Whether the folder, or the nearest one above it that exists, can be written. */
    readonly writable: boolean
    readonly exists: boolean
    readonly freeBytes: number
  }
  readonly port: { readonly number: number; readonly state: 'free' | 'stoa' | 'other' }
  readonly database: {
    readonly kind: 'embedded' | 'url'
    readonly state: 'running' | 'works' | 'new' | 'fails'
    readonly text: string
  }
  /** Where files are in a bucket: whether browsers may send and read them there. Absent: they are in the data folder. */
  readonly storage?: {
    readonly bucket: string
    /** Of the app's pages. */
    readonly origin: string
    readonly state: 'allowed' | 'refused' | 'unreachable'
    /** Methods that are not allowed. */
    readonly refused?: readonly string[]
    /** Why it could not be asked. */
    readonly reason?: string
  }
  /** Age of the key that signs access tokens, where the installation runs and could be asked. */
  readonly keyAgeDays?: number
}

const NODE_WANTED = [24, 12] as const
/** SPEC C15. */
const OLDEST_KEY_DAYS = 90
const MIB = 2 ** 20
const LEAST_FREE = 200 * MIB
const GOOD_FREE = 2048 * MIB

export function judge(facts: Facts): readonly Finding[] {
  return [
    node(facts),
    folder(facts),
    disk(facts),
    port(facts),
    database(facts),
    ...storage(facts),
    ...key(facts),
  ]
}

function node({ nodeVersion }: Facts): Finding {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
  const good = major > NODE_WANTED[0] || (major === NODE_WANTED[0] && minor >= NODE_WANTED[1])
  if (good) return { name: 'Node', state: 'good', text: nodeVersion }
  const hint = `Start by npm start, which brings a fitting one, or install Node ${NODE_WANTED.join('.')} or newer.`
  return { name: 'Node', state: 'bad', text: `${nodeVersion} is too old`, hint }
}

function folder({ data }: Facts): Finding {
  const name = 'Data folder'
  if (!data.writable)
    return {
      name,
      state: 'bad',
      text: `${data.folder} cannot be written`,
      hint: 'Choose another with --data, or change its owner.',
    }
  return {
    name,
    state: 'good',
    text: data.exists ? data.folder : `${data.folder} will be made at the first start`,
  }
}

function disk({ data }: Facts): Finding {
  const name = 'Disk'
  const text = `${Math.floor(data.freeBytes / MIB).toLocaleString('en-US')} MiB free`
  const hint = 'Books and the database need space; writes are refused when it ends.'
  if (data.freeBytes < LEAST_FREE) return { name, state: 'bad', text, hint }
  return data.freeBytes < GOOD_FREE ? { name, state: 'doubtful', text, hint } : { name, state: 'good', text }
}

function port({ port: { number, state } }: Facts): Finding {
  const name = 'Port'
  if (state === 'free') return { name, state: 'good', text: `${number} is free` }
  if (state === 'stoa') return { name, state: 'good', text: `${number} is Stoa's` }
  return {
    name,
    state: 'doubtful',
    text: `${number} is taken by another program`,
    hint: 'Stoa takes the next free one; choose one with --port to have it always the same.',
  }
}

function database({ database: { kind, state, text } }: Facts): Finding {
  const name = kind === 'embedded' ? 'Database (embedded)' : 'Database (by URL)'
  if (state !== 'fails') return { name, state: 'good', text }
  return { name, state: 'bad', text, hint: 'docs/runbook/start.md says what each message means.' }
}

function storage({ storage }: Facts): readonly Finding[] {
  if (!storage) return []
  const { bucket, origin, state, refused = [], reason = '' } = storage
  const name = 'Files (S3)'
  if (state === 'allowed')
    return [{ name, state: 'good', text: `bucket ${bucket} serves browsers at ${origin}` }]
  if (state === 'unreachable') {
    const hint = 'See STOA_S3_ENDPOINT and STOA_S3_PUBLIC_ENDPOINT; browsers go there themselves.'
    return [{ name, state: 'bad', text: `bucket ${bucket} cannot be reached: ${reason}`, hint }]
  }
  const text = `bucket ${bucket} refuses ${refused.join(' and ')} from pages at ${origin}: no book can be added or opened`
  const hint = `Set this CORS rule on it (docs/runbook/storage.md): ${JSON.stringify(corsRule(origin))}`
  return [{ name, state: 'bad', text, hint }]
}

/** As `put-bucket-cors` takes it. */
const corsRule = (origin: string) => ({
  CORSRules: [
    {
      AllowedOrigins: [origin],
      AllowedMethods: ['GET', 'PUT'],
      AllowedHeaders: ['content-type'],
      MaxAgeSeconds: 3600,
    },
  ],
})

function key({ keyAgeDays }: Facts): readonly Finding[] {
  if (keyAgeDays === undefined) return []
  const name = 'Signing key'
  const text = `${keyAgeDays} days old`
  if (keyAgeDays <= OLDEST_KEY_DAYS) return [{ name, state: 'good', text }]
  return [
    {
      name,
      state: 'doubtful',
      text,
      hint: 'It should have rotated by itself; stoa keys rotate does it now.',
    },
  ]
}
