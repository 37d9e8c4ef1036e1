import { Button, Dialog, toast } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { useState } from 'react'
import { client } from '../../../data/api.ts'
import { refreshBoards } from '../../../data/boards.ts'
import { boardProblem } from '../moderate.ts'

type Dialogs = 'rotate' | 'export'

/** The key that signs one's own posts: what it is, another one, a copy to keep. */
export function OwnKey({ of }: { of: { readonly public_key: string } }) {
  const [dialog, setDialog] = useState<Dialogs>()
  const close = () => setDialog(undefined)
  return (
    <section className="own-key">
      <h2 className="label">{t.yourKey()}</h2>
      <p className="muted">{t.yourKeyText()}</p>
      <code className="clip">{of.public_key}</code>
      <div className="row">
        <Button size="sm" onClick={() => setDialog('export')}>
          {t.export()}
        </Button>
        <Button size="sm" onClick={() => setDialog('rotate')}>
          {t.rotate()}
        </Button>
      </div>
      <RotateDialog open={dialog === 'rotate'} onClose={close} />
      <ExportDialog open={dialog === 'export'} onClose={close} />
    </section>
  )
}

interface KeyDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

function RotateDialog({ open, onClose }: KeyDialogProps) {
  const { busy, run } = useRun(async () => {
    await client.call('rotateAuthorKey', {})
    await refreshBoards()
    toast({ text: t.rotated() })
    onClose()
  })
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t.rotate()}
      description={t.rotateText()}
      width={440}
      actions={
        <>
          <Button onClick={onClose}>{t.cancel()}</Button>
          <Button variant="ink" busy={busy} onClick={run}>
            {t.rotate()}
          </Button>
        </>
      }
    />
  )
}

/** Shows the secret only when it is asked for, and forgets it when it closes. */
function ExportDialog({ open, onClose }: KeyDialogProps) {
  const [secret, setSecret] = useState<string>()
  const { busy, run } = useRun(async () => {
    const { author_id, secret_keys } = await client.call('exportAuthorKey', {})
    setSecret(JSON.stringify({ author_id, secret_keys }, null, 2))
  })
  const close = () => {
    setSecret(undefined)
    onClose()
  }
  const copy = () =>
    void navigator.clipboard.writeText(secret ?? '').then(() => toast({ text: t.keyCopied() }))
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={t.export()}
      description={t.exportText()}
      width={520}
      actions={
        <>
          <Button onClick={close}>{t.cancel()}</Button>
          {secret === undefined ? (
            <Button variant="ink" busy={busy} onClick={run}>
              {t.export()}
            </Button>
          ) : (
            <Button variant="ink" onClick={copy}>
              {t.copy()}
            </Button>
          )}
        </>
      }
    >
      {secret !== undefined && <pre className="secret mono">{secret}</pre>}
    </Dialog>
  )
}

function useRun(act: () => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const run = () => {
    setBusy(true)
    act()
      .catch((error: unknown) => toast({ text: boardProblem(error), tone: 'bad' }))
      .finally(() => setBusy(false))
  }
  return { busy, run }
}
