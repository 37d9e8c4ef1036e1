import { uuidv7 } from '@stoa/kernel'
import { Button, Input, toast } from '@stoa/ui'
import { formatList, formatNumber } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import { useInfiniteQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { type FormEvent, useState } from 'react'
import { client } from '../../../data/api.ts'
import { type DocumentInfo, type DocumentVersion, versionsQuery } from '../../../data/documents.ts'
import { queryClient } from '../../../data/query-client.ts'
import { SidePanel } from '../../../frame/bars.tsx'
import { LoadError } from '../../../frame/load-error.tsx'
import { problemText } from '../../../frame/problem-text.ts'
import { clockTime, dayName } from '../../../text/times.ts'

interface VersionPanelProps {
  readonly info: DocumentInfo
  readonly chosen: string | undefined
  readonly onChoose: (versionId: string) => void
  readonly onClose: () => void
}

/** What was kept of the document, newest first; the present text can be kept under a name. */
export function VersionPanel({ info, chosen, onChoose, onClose }: VersionPanelProps) {
  const versions = useInfiniteQuery(versionsQuery(info.id))
  const items = versions.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <SidePanel title={t.versions()} onClose={onClose}>
      <div className="version-list">
        {info.can.write && <KeepForm documentId={info.id} />}
        {versions.isError && <LoadError error={versions.error} retry={versions.refetch} />}
        {items.map((version) => (
          <VersionRow
            key={version.id}
            version={version}
            on={version.id === chosen}
            onChoose={() => onChoose(version.id)}
          />
        ))}
        {versions.isSuccess && items.length === 0 && <p className="muted none">{t.noVersions()}</p>}
        {versions.hasNextPage && (
          <Button
            variant="ghost"
            busy={versions.isFetchingNextPage}
            onClick={() => void versions.fetchNextPage()}
          >
            {t.moreVersions()}
          </Button>
        )}
      </div>
    </SidePanel>
  )
}

function KeepForm({ documentId }: { documentId: string }) {
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const keep = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    setBusy(true)
    try {
      const body = { id: uuidv7(), name: name.trim() }
      await client.call('createDocumentVersion', { path: { document_id: documentId }, body })
      setName('')
      toast(t.versionKept({ name: body.name }))
    } catch (error) {
      toast({ text: problemText(error), tone: 'bad' })
    }
    setBusy(false)
    await queryClient.invalidateQueries({ queryKey: versionsQuery(documentId).queryKey })
  }
  return (
    <form className="row keep-form" onSubmit={keep}>
      <Input
        className="grow"
        value={name}
        maxLength={120}
        placeholder={t.versionName()}
        aria-label={t.versionName()}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="submit" busy={busy} disabled={name.trim() === ''}>
        {t.keepVersion()}
      </Button>
    </form>
  )
}

interface VersionRowProps {
  readonly version: DocumentVersion
  readonly on: boolean
  readonly onChoose: () => void
}

function VersionRow({ version, on, onChoose }: VersionRowProps) {
  const { authors, words_added, words_removed, collisions } = version
  const who = formatList(authors.map(({ display_name }) => display_name))
  const changed = `+${formatNumber(words_added)} −${formatNumber(words_removed)}`
  return (
    <button type="button" className={clsx('version-row', on && 'on')} aria-pressed={on} onClick={onChoose}>
      <b className={clsx('clip', version.name === null && 'auto')}>{versionTitle(version)}</b>
      <span className="hint num">
        {[who, versionTime(version), words_added + words_removed > 0 && t.wordsChanged({ changed })]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {collisions.length > 0 && <span className="hint">{t.collided({ count: collisions.length })}</span>}
    </button>
  )
}

const KINDS = {
  named: t.automatic,
  automatic: t.automatic,
  restore: t.beforeRestore,
  merge: t.beforeMerge,
} as const

/** Its name, or what it is. */
export const versionTitle = ({ name, kind }: DocumentVersion): string =>
  name === null ? KINDS[kind]() : t.quoted({ name })

export const versionTime = ({ created_at }: DocumentVersion): string => {
  const when = Date.parse(created_at)
  return t.dayAndTime({ day: dayName(when, Date.now()), time: clockTime(when) })
}
