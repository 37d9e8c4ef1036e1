import { Icon } from '@stoa/ui'
import { formatBytes } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { FileText } from 'lucide-react'
import type { Attachment } from '../../../data/rooms.ts'

/** Widest and highest a picture stands in the conversation, in pixels. */
const MOST = { width: 360, height: 280 }

/** Files of a message: pictures as pictures, others as a line that downloads. */
export function Attachments({ of: files }: { of: readonly Attachment[] }) {
  return (
    <div className="files">
      {files.map((file) =>
        file.image ? <Picture key={file.id} of={file} /> : <File key={file.id} of={file} />,
      )}
    </div>
  )
}

function Picture({ of: { image, filename, url } }: { of: Attachment }) {
  if (!image) return null
  const { thumbnail_width: width, thumbnail_height: height, thumbnail_url, color } = image
  // Its place is kept before it is here, so that nothing below it jumps.
  const scale = Math.min(1, MOST.width / width, MOST.height / height)
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) }
  return (
    <a
      className="picture"
      href={url}
      target="_blank"
      rel="noopener"
      aria-label={t.openPicture({ name: filename })}
    >
      <img src={thumbnail_url} alt={filename} loading="lazy" {...size} style={{ background: color }} />
    </a>
  )
}

const File = ({ of: { filename, size, url } }: { of: Attachment }) => (
  <a className="file" href={url} download={filename}>
    <Icon of={FileText} />
    <span className="clip">{filename}</span>
    <span className="muted">{formatBytes(size)}</span>
  </a>
)
