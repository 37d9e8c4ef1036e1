import { Icon } from '@stoa/ui'
import { formatBytes } from '@stoa/ui/messages'
import { boards as t } from '@stoa/ui/messages/boards'
import { ImageOff } from 'lucide-react'
import type { BoardImage } from '../../../data/boards.ts'

/** Pictures of a post in their order; the place of each is kept before it is here, so that nothing jumps. */
export function Images({ of: images }: { of: readonly BoardImage[] }) {
  return (
    <div className="imgs">
      {images.map((image, index) => (
        <Picture key={image.image_cid} of={image} number={index + 1} />
      ))}
    </div>
  )
}

function Picture({ of: image, number }: { of: BoardImage; number: number }) {
  const { image_url, thumb_url, width, height, size } = image
  const shown = image_url ?? thumb_url
  const shape = { aspectRatio: `${width} / ${height}` }
  return (
    <figure>
      {shown ? (
        <a
          className="img"
          href={image_url ?? undefined}
          target="_blank"
          rel="noopener"
          aria-label={t.openImage({ number: String(number) })}
        >
          <img src={shown} alt="" width={width} height={height} style={shape} />
        </a>
      ) : (
        <div className="img none" style={shape}>
          <Icon of={ImageOff} />
          <span>{t.imageMissing()}</span>
        </div>
      )}
      <figcaption className="cap num">
        {width} × {height} · {formatBytes(size)}
      </figcaption>
    </figure>
  )
}
