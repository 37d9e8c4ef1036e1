import { Button, Icon, toast } from '@stoa/ui'
import { formatDay } from '@stoa/ui/messages'
import { settings as t } from '@stoa/ui/messages/settings'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Mail } from 'lucide-react'
import { api, ok } from '../../data/api.ts'
import { problemText } from '../../frame/problem-text.ts'
import { setupStateQuery } from '../entry/queries.ts'
import { LoadingRows } from './loading-rows.tsx'
import { SettingsGroup } from './settings-page.tsx'

/** Email code and providers: what lets this account in. */
export function Identities() {
  const queries = useQueryClient()
  const identities = useQuery({
    queryKey: ['identities'],
    queryFn: () => ok(api.GET('/api/v1/account/identities')),
  })
  const setup = useQuery(setupStateQuery)
  const providers = setup.data?.providers ?? []
  const items = identities.data?.items
  const nameOf = (id: string | undefined) =>
    providers.find((provider) => provider.id === id)?.name ?? id ?? ''
  const unlink = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) =>
      ok(api.DELETE('/api/v1/account/identities/{identity_id}', { params: { path: { identity_id: id } } })),
    onSuccess: (_, { name }) => toast(t.disconnected({ name })),
    onError: (error) => toast({ text: problemText(error, { 'identity.last': t.lastWay }), tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['identities'] }),
  })
  const open = providers.filter(({ id }) => !items?.some(({ provider }) => provider === id))
  return (
    <SettingsGroup title={t.waysIn()} text={t.waysInHint()}>
      {!items && <LoadingRows />}
      {items?.map((identity) => {
        const name = identity.kind === 'email' ? t.wayEmail() : nameOf(identity.provider)
        return (
          <div className="who" key={identity.id}>
            <span className="glyph">
              <Icon of={identity.kind === 'email' ? Mail : KeyRound} />
            </span>
            <div className="clip">
              <div className="name">
                <b>{name}</b>
              </div>
              <span className="hint">
                {identity.label} · {t.wayAdded({ day: formatDay(Date.parse(identity.created_at)) })}
              </span>
            </div>
            {items.length > 1 && (
              <Button variant="ghost" size="sm" onClick={() => unlink.mutate({ id: identity.id, name })}>
                {t.disconnect()}
              </Button>
            )}
          </div>
        )
      })}
      {items && open.length > 0 && (
        <div className="set-row">
          <div className="row">
            {open.map(({ id, name }) => (
              <Button key={id} size="sm" asChild>
                <a
                  href={`/api/v1/auth/providers/${encodeURIComponent(id)}/start?link=true&return_to=/settings/profile`}
                >
                  {t.connect({ name })}
                </a>
              </Button>
            ))}
          </div>
        </div>
      )}
    </SettingsGroup>
  )
}
