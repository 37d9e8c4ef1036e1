import { fromHex } from './bytes.ts'
import type { Plain } from './canonical.ts'
import { contentPlain, mediaPlain, readContent, readMedia } from './content.ts'
import type { Fields } from './fields.ts'
import type { RecordBody, RecordKind, Role } from './record.ts'

const TITLE = 300
const REASON = 500
export const MAX_HEADS = 8
const MAX_MEDIA = 16
const ROLES: readonly Role[] = ['moderator', 'author']

const what = (fields: Fields) => ({
  content: readContent(fields.take('content')),
  media: fields.list('media', MAX_MEDIA, readMedia),
})

/** One reader a kind (KIND-1). */
const READERS: { readonly [Kind in RecordKind]: (fields: Fields, kind: Kind) => RecordBody } = {
  board: (fields, kind) => ({
    kind,
    title: fields.text('title', TITLE),
    access: fields.oneOf('access', ['open', 'granted']),
  }),
  post: (fields, kind) => ({ kind, title: fields.text('title', TITLE), ...what(fields) }),
  comment: (fields, kind) => ({
    kind,
    root: fields.hash('root'),
    parent: fields.hash('parent'),
    ...what(fields),
  }),
  edit: (fields, kind) => ({
    kind,
    target: fields.hash('target'),
    title: fields.text('title', TITLE),
    ...what(fields),
  }),
  delete: (fields, kind) => ({ kind, target: fields.hash('target') }),
  hide: (fields, kind) => ({ kind, target: fields.hash('target'), reason: fields.text('reason', REASON) }),
  restore: (fields, kind) => ({ kind, target: fields.hash('target'), reason: fields.text('reason', REASON) }),
  lock: (fields, kind) => ({ kind, target: fields.hash('target'), on: fields.flag('on') }),
  pin: (fields, kind) => ({ kind, target: fields.hash('target'), on: fields.flag('on') }),
  ban: (fields, kind) => ({
    kind,
    subject: fields.hash('subject'),
    on: fields.flag('on'),
    reason: fields.text('reason', REASON),
    heads: fields.hashes('heads', MAX_HEADS),
  }),
  grant: (fields, kind) => ({ kind, subject: fields.hash('subject'), role: fields.oneOf('role', ROLES) }),
  revoke: (fields, kind) => ({
    kind,
    subject: fields.hash('subject'),
    role: fields.oneOf('role', ROLES),
    heads: fields.hashes('heads', MAX_HEADS),
  }),
  rotate: (fields, kind) => ({ kind, newKey: fields.hash('new_key') }),
  bind: (fields, kind) => ({
    kind,
    subject: fields.hash('subject'),
    member: fields.text('member', 64),
    name: fields.text('name', 64),
  }),
}

export const RECORD_KINDS = Object.keys(READERS) as readonly RecordKind[]

export function readBody<Kind extends RecordKind>(fields: Fields, kind: Kind): RecordBody {
  return READERS[kind](fields, kind)
}

/** The fields of a body as they are signed: hashes as bytes, sets in order. */
export function bodyPlain(body: RecordBody): { readonly [name: string]: Plain } {
  const hashes = (list: readonly string[]) => list.toSorted().map(fromHex)
  switch (body.kind) {
    case 'post':
      return { ...body, content: contentPlain(body.content), media: body.media.map(mediaPlain) }
    case 'comment':
      return {
        ...body,
        root: fromHex(body.root),
        parent: fromHex(body.parent),
        content: contentPlain(body.content),
        media: body.media.map(mediaPlain),
      }
    case 'edit':
      return {
        ...body,
        target: fromHex(body.target),
        content: contentPlain(body.content),
        media: body.media.map(mediaPlain),
      }
    case 'delete':
    case 'hide':
    case 'restore':
    case 'lock':
    case 'pin':
      return { ...body, target: fromHex(body.target) }
    case 'ban':
    case 'revoke':
      return { ...body, subject: fromHex(body.subject), heads: hashes(body.heads) }
    case 'grant':
    case 'bind':
      return { ...body, subject: fromHex(body.subject) }
    case 'rotate':
      return { kind: body.kind, new_key: fromHex(body.newKey) }
    case 'board':
      return body
  }
}
