import { Button } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { shell } from '@stoa/ui/messages/shell'
import { session } from '../data/browser-session.ts'
import { useIdentity } from '../data/use-session.ts'
import { EntryPage } from '../screens/entry/entry-page.tsx'

/** Signed in, but in no organisation: left it, was taken out, or came with an account from before. */
export default function NoPlace() {
  const { tenants } = useIdentity()
  return (
    <EntryPage
      title={t.noPlaceTitle()}
      text={t.noPlaceText()}
      foot={
        <Button variant="ghost" onClick={() => void session.signOut()}>
          {shell.signOut()}
        </Button>
      }
    >
      <div className="providers">
        {tenants.map(({ tenant_id, name }) => (
          <Button key={tenant_id} size="lg" onClick={() => void session.switchTenant(tenant_id)}>
            {name}
          </Button>
        ))}
      </div>
    </EntryPage>
  )
}
