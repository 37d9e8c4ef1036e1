import { Avatar, Dialog, Field, IconButton, NativeSelect, Segmented, toast } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useQuery } from '@tanstack/react-query'
import { Lock, UserPlus, Users, X } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../../data/api.ts'
import {
  type DocumentInfo,
  type DocumentMember,
  type DocumentRole,
  documentMembersQuery,
  showDocument,
} from '../../../data/documents.ts'
import { queryClient } from '../../../data/query-client.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { problemText } from '../../../frame/problem-text.ts'
import { PersonPicker } from '../../rooms/person-picker.tsx'

const ROLES: Readonly<Record<DocumentRole, () => string>> = {
  owner: t.roleOwner,
  writer: t.roleWriter,
  commenter: t.roleCommenter,
  reader: t.roleReader,
}
const ACCESS = { read: t.accessRead, comment: t.accessComment, write: t.accessWrite } as const
type Access = keyof typeof ACCESS

interface ShareDialogProps {
  readonly info: DocumentInfo
  readonly open: boolean
  readonly onClose: () => void
}

/** Who may read, comment and write. */
export function ShareDialog({ info, open, onClose }: ShareDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onClose} title={t.share()} width={500}>
      {open && <Sharing info={info} />}
    </Dialog>
  )
}

function Sharing({ info }: { info: DocumentInfo }) {
  const acts = useShareActs(info)
  const members = useQuery(documentMembersQuery(info.id))
  const [adding, setAdding] = useState(false)
  const { manage } = info.can
  return (
    <>
      <div className="field">
        <span className="label">{t.whoSees()}</span>
        {manage ? (
          <Segmented
            label={t.whoSees()}
            value={info.visibility}
            onChange={(visibility) => void acts.update({ visibility })}
            options={[
              { value: 'workspace', label: t.seenByWorkspace(), icon: Users },
              { value: 'private', label: t.seenByNamed(), icon: Lock },
            ]}
          />
        ) : null}
        <span className="hint">
          {info.visibility === 'workspace' ? t.seenByWorkspaceHint() : t.seenByNamedHint()}
        </span>
      </div>
      {info.visibility === 'workspace' && (
        <Field label={t.workspaceMay()}>
          <NativeSelect
            value={info.workspace_access}
            disabled={!manage}
            onValue={(value) => isAccess(value) && void acts.update({ workspace_access: value })}
          >
            {Object.entries(ACCESS).map(([value, label]) => (
              <option key={value} value={value}>
                {label()}
              </option>
            ))}
          </NativeSelect>
        </Field>
      )}
      <div className="row">
        <h4 className="label grow">{t.named()}</h4>
        {manage && (
          <IconButton
            icon={UserPlus}
            size="sm"
            label={t.addPerson()}
            on={adding}
            onClick={() => setAdding(!adding)}
          />
        )}
      </div>
      {adding && (
        <PersonPicker
          workspaceId={info.workspace_id}
          without={new Set((members.data ?? []).map(({ person }) => person.account_id))}
          onPick={(accountId) => {
            setAdding(false)
            void acts.setRole(accountId, 'writer')
          }}
        />
      )}
      {members.isError && <LoadError error={members.error} retry={members.refetch} />}
      <div className="share-people">
        {(members.data ?? []).map((member) => (
          <MemberRow key={member.person.account_id} {...{ member, manage, acts }} />
        ))}
        {members.data?.length === 0 && <p className="muted">{t.nobodyNamed()}</p>}
      </div>
    </>
  )
}

interface MemberRowProps {
  readonly member: DocumentMember
  readonly manage: boolean
  readonly acts: ReturnType<typeof useShareActs>
}

function MemberRow({ member: { person, role }, manage, acts }: MemberRowProps) {
  const { account_id, display_name } = person
  return (
    <div className="person-row">
      <Avatar name={display_name} seed={account_id} size="s" />
      <span className="grow clip">{display_name}</span>
      {manage ? (
        <>
          <NativeSelect
            aria-label={t.roleOf({ name: display_name })}
            value={role}
            onValue={(next) => isRole(next) && void acts.setRole(account_id, next)}
          >
            {Object.entries(ROLES).map(([value, label]) => (
              <option key={value} value={value}>
                {label()}
              </option>
            ))}
          </NativeSelect>
          <IconButton
            icon={X}
            size="sm"
            label={t.takeAway({ name: display_name })}
            onClick={() => void acts.remove(account_id, role)}
          />
        </>
      ) : (
        <span className="hint">{ROLES[role]()}</span>
      )}
    </div>
  )
}

const isRole = (value: string): value is DocumentRole => value in ROLES
const isAccess = (value: string): value is Access => value in ACCESS

type Change = Partial<Pick<DocumentInfo, 'visibility' | 'workspace_access'>>

function useShareActs({ id, version }: DocumentInfo) {
  const path = { document_id: id }
  const refresh = () => queryClient.invalidateQueries({ queryKey: documentMembersQuery(id).queryKey })
  const tried = async (act: () => Promise<unknown>) => {
    try {
      await act()
    } catch (error) {
      toast({ text: problemText(error, { 'document.last_owner': t.lastOwner }), tone: 'bad' })
      await queryClient.invalidateQueries({ queryKey: ['documents', id] })
    }
    await refresh()
  }
  const setRole = (account_id: string, role: DocumentRole) =>
    tried(() => client.call('setDocumentMember', { path: { ...path, account_id }, body: { role } }))
  return {
    update: (change: Change) =>
      tried(async () =>
        showDocument(await client.call('updateDocument', { path, body: { version, ...change } })),
      ),
    setRole,
    remove: (account_id: string, role: DocumentRole) =>
      tried(async () => {
        await client.call('removeDocumentMember', { path: { ...path, account_id } })
        toast({ text: t.takenAway(), undo: () => setRole(account_id, role) })
      }),
  }
}
