import type { components } from '@stoa/contracts'
import { Badge, Button, Icon, toast } from '@stoa/ui'
import { formatDay, formatMoment, formatRelative } from '@stoa/ui/messages'
import { settings as t } from '@stoa/ui/messages/settings'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Laptop, Smartphone } from 'lucide-react'
import { api, ok } from '../../data/api.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { problemText } from '../../frame/problem-text.ts'
import { LoadingRows } from './loading-rows.tsx'
import { SettingsGroup, SettingsPage } from './settings-page.tsx'

type DeviceSession = components['schemas']['DeviceSession']

/** Where one is signed in. */
export default function DevicesScreen() {
  const queries = useQueryClient()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: () => ok(api.GET('/api/v1/account/sessions')),
  })
  const revoke = useMutation({
    mutationFn: ({ id }: DeviceSession) =>
      ok(api.DELETE('/api/v1/account/sessions/{session_id}', { params: { path: { session_id: id } } })),
    onSuccess: (_, { device_name: name }) => toast(t.deviceSignedOut({ name })),
    onError: (error) => toast({ text: problemText(error), tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })
  return (
    <SettingsPage title={t.devices()} text={t.devicesText()}>
      {sessions.isError ? (
        <LoadError error={sessions.error} retry={sessions.refetch} />
      ) : (
        <SettingsGroup>
          {sessions.data ? (
            sessions.data.items.map((device) => (
              <Device key={device.id} device={device} onSignOut={() => revoke.mutate(device)} />
            ))
          ) : (
            <LoadingRows />
          )}
        </SettingsGroup>
      )}
    </SettingsPage>
  )
}

const isPhone = ({ platform }: DeviceSession) => /iOS|Android|iPhone|iPad/.test(platform)

function Device({ device, onSignOut }: { device: DeviceSession; onSignOut: () => void }) {
  const used = Date.parse(device.last_used_at)
  return (
    <div className="who">
      <span className="glyph">
        <Icon of={isPhone(device) ? Smartphone : Laptop} />
      </span>
      <div>
        <div className="name">
          <b className="clip">{device.device_name}</b>
          {device.current && <Badge>{t.thisDevice()}</Badge>}
        </div>
        <span className="hint dots">
          {device.platform !== device.device_name && <span>{device.platform}</span>}
          {!device.current && (
            <time title={formatMoment(used)}>{t.lastUsed({ when: formatRelative(used, Date.now()) })}</time>
          )}
          <span>{t.since({ day: formatDay(Date.parse(device.created_at)) })}</span>
          {device.network && <span className="num">{t.network({ network: device.network })}</span>}
        </span>
      </div>
      {!device.current && (
        <Button variant="ghost" size="sm" onClick={onSignOut}>
          {t.signOutDevice()}
        </Button>
      )}
    </div>
  )
}
