import { IconButton } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import clsx from 'clsx'
import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useReader, useReaderState } from '../reader-store.ts'

/** A picture of the book on the whole screen; pressing it shows it in its natural size, to be moved about. */
export function ImageZoom() {
  const { store } = useReader()
  const image = useReaderState((state) => state.image)
  const close = () => store.setState({ image: undefined })
  return (
    <Dialog.Root open={image !== undefined} onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim dim" />
        <Dialog.Content className="image-zoom" aria-describedby={undefined}>
          <Dialog.Title className="sr">{image?.alt || t.image()}</Dialog.Title>
          {image && <Picture key={image.src} {...image} />}
          <Dialog.Close asChild>
            <IconButton icon={X} label={t.closeImage()} />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Picture({ src, alt }: { src: string; alt: string }) {
  const [natural, setNatural] = useState(false)
  return (
    <>
      <button
        type="button"
        className={clsx('picture', natural && 'natural')}
        aria-label={natural ? t.zoomOut() : t.zoomIn()}
        onClick={() => setNatural(!natural)}
      >
        <img src={src} alt={alt} />
      </button>
      {alt && <p className="alt">{alt}</p>}
    </>
  )
}
