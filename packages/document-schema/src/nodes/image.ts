import { Node } from '@tiptap/core'

/** An image of the document: a file that was added to it (`createDocumentFile`). Its address is asked for when it is shown. */
export const Image = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return {
      file_id: { default: null },
      alt: { default: '' },
      /** Of the text column; null: as large as it is. */
      width: { default: null },
    }
  },
  parseHTML: () => [
    {
      tag: 'img[data-file-id]',
      getAttrs: (element) => ({
        file_id: element.getAttribute('data-file-id'),
        alt: element.getAttribute('alt') ?? '',
        width: Number(element.getAttribute('data-width')) || null,
      }),
    },
  ],
  renderHTML: ({ node: { attrs } }) => [
    'img',
    {
      'data-file-id': attrs.file_id,
      alt: attrs.alt,
      ...(attrs.width === null ? {} : { 'data-width': attrs.width }),
    },
  ],
})
