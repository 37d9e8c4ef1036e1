import type { components } from '@stoa/contracts'
import { Button, Dialog, Skeleton } from '@stoa/ui'
import { settings as t } from '@stoa/ui/messages/settings'
import { shell } from '@stoa/ui/messages/shell'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, ok } from '../../data/api.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { CopyField } from '../entry/copy-field.tsx'

type Member = components['schemas']['Member']

/** Makes a one-time link and shows it. */
export function SignInLinkDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const name = member.display_name
  const link = useMutation({
    mutationFn: (account_id: string) =>
      ok(api.POST('/api/v1/members/{account_id}/sign-in-link', { params: { path: { account_id } } })),
  })
  const { mutate } = link
  useEffect(() => mutate(member.account_id), [mutate, member.account_id])
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t.signInLinkTitle({ name })}
      description={t.signInLinkText()}
      actions={
        <Button variant="ink" onClick={onClose}>
          {shell.done()}
        </Button>
      }
    >
      {link.data ? (
        <CopyField look="plain" text={link.data.url} label={t.signInLink()} />
      ) : link.isError ? (
        <LoadError error={link.error} retry={() => mutate(member.account_id)} />
      ) : (
        <Skeleton height={36} />
      )}
    </Dialog>
  )
}
