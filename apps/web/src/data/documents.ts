import type { components, operations } from '@stoa/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { keepInfo, keptInfo, keptInfos } from '../offline/document-infos.ts'
import { client } from './api.ts'
import { everyPage } from './every-page.ts'
import { OfflineError } from './problem.ts'
import { queryClient } from './query-client.ts'

type Schemas = components['schemas']
export type DocumentInfo = Schemas['Document']
export type DocumentSummary = Schemas['DocumentSummary']
export type DocumentMember = Schemas['DocumentMember']
export type DocumentRole = Schemas['DocumentRole']
export type DocumentVersion = Schemas['DocumentVersion']
export type CommentThread = Schemas['CommentThread']
export type DocumentComment = Schemas['ThreadComment']
export type DocumentFile = Schemas['DocumentFile']
export type ExportFormat = Schemas['ExportFormat']

type ListFilter = Omit<NonNullable<operations['listDocuments']['parameters']['query']>, 'cursor' | 'limit'>

const PAGE = 50

/** Documents that fit, page by page. Without the server: those this device has a copy of. */
export const documentsQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: ['documents', filter],
    queryFn: async ({ pageParam }) => {
      try {
        return await client.call('listDocuments', {
          query: { ...filter, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) },
        })
      } catch (error) {
        if (!(error instanceof OfflineError) || filter.trashed) throw error
        return { items: await keptInfos(filter), next_cursor: null }
      }
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

/** What is known of one document, without its text. Without the server: as this device last knew it. */
export const documentQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['documents', documentId],
    queryFn: async () => {
      try {
        const info = await client.call('getDocument', { path: { document_id: documentId } })
        await keepInfo(info)
        return info
      } catch (error) {
        const kept = error instanceof OfflineError ? await keptInfo(documentId) : undefined
        if (!kept) throw error
        return kept
      }
    },
  })

export const templatesQuery = (locale: Schemas['Locale']) =>
  queryOptions({
    queryKey: ['document-templates', locale],
    queryFn: () => client.call('listDocumentTemplates', { query: { locale } }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const threadsQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['document-threads', documentId],
    queryFn: () =>
      everyPage((cursor) =>
        client.call('listCommentThreads', {
          path: { document_id: documentId },
          query: { limit: PAGE, ...(cursor && { cursor }) },
        }),
      ),
  })

export const versionsQuery = (documentId: string) =>
  infiniteQueryOptions({
    queryKey: ['document-versions', documentId],
    queryFn: ({ pageParam }) =>
      client.call('listDocumentVersions', {
        path: { document_id: documentId },
        query: { limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

export const versionQuery = (documentId: string, versionId: string) =>
  queryOptions({
    queryKey: ['document-versions', documentId, versionId],
    queryFn: () =>
      client.call('getDocumentVersion', { path: { document_id: documentId, version_id: versionId } }),
  })

export const documentMembersQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['document-members', documentId],
    queryFn: () =>
      everyPage((cursor) =>
        client.call('listDocumentMembers', {
          path: { document_id: documentId },
          query: { limit: PAGE, ...(cursor && { cursor }) },
        }),
      ),
  })

/** Shows the server's word on a document everywhere. */
export function showDocument(info: DocumentInfo): void {
  queryClient.setQueryData(documentQuery(info.id).queryKey, info)
  void keepInfo(info)
  void refreshDocuments()
}

export const refreshDocuments = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: ['documents'] })
