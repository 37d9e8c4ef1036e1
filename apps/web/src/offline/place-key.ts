import { useIdentity } from '../data/use-session.ts'

/** Under which account and organisation this device keeps drafts. */
export function usePlaceKey(): string {
  const { account, tenant } = useIdentity()
  return `${account.id}/${tenant?.tenant_id ?? ''}`
}
