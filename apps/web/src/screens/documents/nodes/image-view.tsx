import { Image } from '@stoa/document-schema'
import { Input, Segmented, Skeleton } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react'
import { client } from '../../../data/api.ts'
import { useShown } from '../document-context.ts'

/** A picture of the document, with its description and size for who writes. */
export const ImageWithView = Image.extend({
  addNodeView: () => ReactNodeViewRenderer(ImageView, { className: 'node-image' }),
})

/** Addresses are signed for an hour. */
const FRESH_MS = 50 * 60_000

const fileQuery = (documentId: string, fileId: string) =>
  queryOptions({
    queryKey: ['document-files', documentId, fileId],
    queryFn: () => client.call('getDocumentFile', { path: { document_id: documentId, file_id: fileId } }),
    staleTime: FRESH_MS,
  })

const SIZES = { small: 280, medium: 460, large: 0 } as const
type Size = keyof typeof SIZES
const sizeOf = (width: unknown): Size =>
  typeof width !== 'number' ? 'large' : width <= SIZES.small ? 'small' : 'medium'

function ImageView({ node, selected, updateAttributes, editor }: NodeViewProps) {
  const { info } = useShown()
  const { file_id, alt, width } = node.attrs
  const fileId = typeof file_id === 'string' ? file_id : ''
  const file = useQuery(fileQuery(info.id, fileId))
  const size = sizeOf(width)
  const limit = size === 'large' ? undefined : SIZES[size]
  return (
    <NodeViewWrapper as="figure" data-drag-handle className={selected ? 'on' : undefined}>
      {file.data ? (
        <img
          src={file.data.url}
          alt={alt}
          width={file.data.image?.width}
          height={file.data.image?.height}
          style={{ maxWidth: limit ?? '100%' }}
        />
      ) : file.isError ? (
        <p className="muted none">{alt || t.imageAway()}</p>
      ) : (
        <Skeleton height={160} />
      )}
      {selected && editor.isEditable && (
        <figcaption contentEditable={false}>
          <Input
            look="quiet"
            value={alt}
            maxLength={1000}
            placeholder={t.describeImage()}
            aria-label={t.describeImage()}
            onChange={({ target }) => updateAttributes({ alt: target.value })}
          />
          <Segmented
            label={t.imageSize()}
            value={size}
            onChange={(next) => updateAttributes({ width: SIZES[next] || null })}
            options={[
              { value: 'small', label: t.small() },
              { value: 'medium', label: t.medium() },
              { value: 'large', label: t.large() },
            ]}
          />
        </figcaption>
      )}
      {!selected && alt && <figcaption>{alt}</figcaption>}
    </NodeViewWrapper>
  )
}
