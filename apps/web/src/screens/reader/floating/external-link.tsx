import { Button, Dialog } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { useReader, useReaderState } from '../reader-store.ts'

/** Asks before a link of the book opens something outside of it, and shows where it really leads. */
export function ExternalLink() {
  const { store } = useReader()
  const url = useReaderState((state) => state.externalUrl)
  const close = () => store.setState({ externalUrl: undefined })
  const open = () => {
    if (url) window.open(url, '_blank', 'noopener,noreferrer')
    close()
  }
  return (
    <Dialog
      open={url !== undefined}
      onOpenChange={close}
      title={t.externalTitle()}
      description={t.externalText()}
      actions={
        <>
          <Button onClick={close}>{t.stayHere()}</Button>
          <Button variant="ink" onClick={open}>
            {t.openLink()}
          </Button>
        </>
      }
    >
      <p className="external-url">{url}</p>
    </Dialog>
  )
}
