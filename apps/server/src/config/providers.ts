import type { Setting } from './env.ts'

/** Reads one setting, or takes the fallback and notes the fault. */
export type Checked = <T>(name: Setting, parse: (text: string) => T, fallback: T) => T

/** Somebody else who says who a person is. GitHub speaks OAuth 2 without discovery or id tokens, hence its own kind. */
export type OidcProvider =
  | {
      readonly kind: 'oidc'
      /** Stands in URLs and in the database: do not change it later. */
      readonly id: string
      readonly name: string
      readonly issuer: string
      readonly clientId: string
      readonly clientSecret: string
    }
  | {
      readonly kind: 'github'
      readonly id: string
      readonly name: string
      readonly clientId: string
      readonly clientSecret: string
    }

const KNOWN: Readonly<Record<string, { name: string; issuer?: string }>> = {
  google: { name: 'Google', issuer: 'https://accounts.google.com' },
  github: { name: 'GitHub' },
}

/** Providers from `STOA_OIDC_<ID>_{ISSUER,CLIENT_ID,CLIENT_SECRET,NAME}`; Google and GitHub need no issuer. */
export function providersOf(
  given: Readonly<Record<string, Readonly<Record<string, string>>>>,
  faults: string[],
): OidcProvider[] {
  return Object.entries(given).map(([id, fields]) => {
    const known = KNOWN[id]
    const variable = (field: string) => `STOA_OIDC_${id.toUpperCase()}_${field.toUpperCase()}`
    const required = (field: string, fallback?: string): string => {
      const value = fields[field] ?? fallback
      if (!value) faults.push(`${variable(field)} must be set`)
      return value ?? ''
    }
    const common = {
      id,
      name: fields.name ?? known?.name ?? id,
      clientId: required('client_id'),
      clientSecret: required('client_secret'),
    }
    if (id === 'github') return { kind: 'github', ...common }
    const issuer = required('issuer', known?.issuer)
    if (issuer && !/^https?:\/\/[^?#]+$/.test(issuer)) faults.push(`${variable('issuer')} must be a URL`)
    return { kind: 'oidc', ...common, issuer }
  })
}
