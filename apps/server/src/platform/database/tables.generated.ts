/** Generated from the migrated schema by `npm run generate`. Do not edit. */
import type { ColumnType, GeneratedAlways } from 'kysely'

/** May be left out of an insert. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

/** Read as any JSON value; written as text, because the driver would turn an array into an SQL array. */
export type Json = ColumnType<unknown, string, string>

export type Timestamp = ColumnType<Date, Date | string, Date | string>

export interface AccountEmailsTable {
  account_id: string
  created_at: Generated<Timestamp>
  email: string
  id: string
  verified_at: Timestamp | null
}

export interface AccountIdentitiesTable {
  account_id: string
  created_at: Generated<Timestamp>
  id: string
  issuer: string
  label: string
  last_used_at: Generated<Timestamp>
  provider: string
  subject: string
  verified_email: string | null
}

export interface AccountsTable {
  created_at: Generated<Timestamp>
  display_name: string
  id: string
  locale: string
  time_zone: string
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export interface AnnotationChangesTable {
  last_id: number
  tenant_id: string
}

export interface AuditLogsTable {
  action: string
  actor_id: string | null
  created_at: Generated<Timestamp>
  details: Generated<Json>
  id: string
  target_id: string | null
  target_type: string
  tenant_id: string
}

export interface AuthorKeysTable {
  account_id: string | null
  author_id: Buffer
  created_at: Timestamp
  ordinal: number
  public_key: Buffer
  sealed_key: Buffer
  tenant_id: string
}

export interface AuthorNamesTable {
  author_id: Buffer
  claimed_at: Timestamp
  claimed_by: Buffer
  member: string
  name: string
  tenant_id: string
}

export interface BoardIndexTable {
  last_seq: Generated<number>
  tenant_id: string
}

export interface BoardPeersTable {
  in_step_at: Timestamp | null
  node_author: Buffer | null
  peer_id: string
  seen_at: Timestamp
  tenant_id: string
}

export interface BoardRecordsTable {
  author_id: Buffer
  board_id: Buffer
  bytes: Buffer
  created_at: Timestamp
  id: Buffer
  kind: string
  peer_id: string | null
  received_at: Timestamp
  seq: number
  tenant_id: string
}

export interface BoardUploadsTable {
  account_id: string
  created_at: Timestamp
  id: string
  media: Json | null
  size: number
  tenant_id: string
}

export interface BoardsTable {
  accepted: Generated<number>
  access: string | null
  authors: Generated<Buffer[]>
  banned: Generated<Buffer[]>
  created_at: Timestamp
  id: Buffer
  kept_out: Generated<Json>
  last_active_at: Timestamp
  last_id: Buffer | null
  last_seq: Generated<number>
  moderators: Generated<Buffer[]>
  owner_id: Buffer | null
  policy: string | null
  post_count: Generated<number>
  reach: Generated<string>
  reach_at: Generated<number>
  tenant_id: string
  title: string | null
}

export interface BookReadersTable {
  account_id: string
  book_id: string
  device_name: string | null
  finished_at: Timestamp | null
  fraction: Generated<number>
  highlight_count: Generated<number>
  label: string | null
  note_count: Generated<number>
  read_at: Timestamp | null
  status: Generated<string>
  status_recorded_at: Timestamp | null
  tenant_id: string
}

export interface BookmarksTable {
  account_id: string
  book_id: string
  created_at: Generated<Timestamp>
  excerpt: string | null
  id: string
  label: string | null
  locator: Json
  tenant_id: string
}

export interface BooksTable {
  added_at: Generated<Timestamp>
  added_by: string
  author_key: string
  authors: Generated<string[]>
  content_id: string
  description: string | null
  direction: Generated<string>
  edited_fields: Generated<string[]>
  failure: Json | null
  filename: string
  format: string | null
  id: string
  identifiers: Generated<Json>
  language: string | null
  name_words: string
  page_count: number | null
  progress: Generated<number>
  published: string | null
  publisher: string | null
  series: string | null
  series_index: number | null
  state: string
  subtitle: string | null
  tags: Generated<string[]>
  tenant_id: string
  title: string
  title_key: string
  trashed_at: Timestamp | null
  updated_at: Generated<Timestamp>
  version: Generated<number>
  word_count: number | null
  workspace_id: string
}

export interface ClusterPeersTable {
  addresses: string[]
  cluster_id: string
  peer_id: string
  seen_at: Timestamp
}

export interface ClusterPresenceTable {
  address: string | null
  at: Timestamp
  cluster_id: string
  id: GeneratedAlways<number>
  kind: string
  peer_id: string
  reason: string
}

export interface ClusterSnapshotsTable {
  applied_at: Timestamp
  bytes: Buffer
  cluster_id: string
  hash: Buffer
  issued_at: Timestamp
}

export interface ContentBlobsTable {
  authored: Generated<boolean>
  bytes: Buffer | null
  digest: Buffer
  dropped: Generated<boolean>
  evicted_at: Timestamp | null
  in_storage: Generated<boolean>
  media_type: string
  named_at: Timestamp
  pinned: Generated<boolean>
  public: Generated<boolean>
  size: number
  tenant_id: string
  used_at: Timestamp
  whole: Generated<boolean>
}

export interface ContentChunksTable {
  chunk_digest: Buffer
  digest: Buffer
  held: Generated<boolean>
  ordinal: number
  tenant_id: string
}

export interface ContentNamesTable {
  board_id: Buffer
  digest: Buffer
  post_id: Buffer
  tenant_id: string
}

export interface ContentsTable {
  analysed_at: Timestamp | null
  cover: Json | null
  created_at: Generated<Timestamp>
  extracted_at: Timestamp | null
  extractor_version: Generated<number>
  format: string | null
  id: string
  media_type: string | null
  metadata: Generated<Json>
  page_labels: Generated<Json>
  passage_count: number | null
  reading_sha256: string | null
  reading_size: number | null
  sections: Generated<Json>
  sha256: string
  size: number
  tenant_id: string
  toc: Generated<Json>
  warnings: Generated<Json>
  word_count: number | null
}

export interface DocumentCitationsTable {
  book_id: string
  count: number
  document_id: string
  tenant_id: string
}

export interface DocumentCommentsTable {
  account_id: string
  body: string
  created_at: Timestamp
  document_id: string
  edited_at: Timestamp | null
  id: string
  mentions: Generated<string[]>
  tenant_id: string
  thread_id: string
  version: Generated<number>
}

export interface DocumentFilesTable {
  account_id: string
  created_at: Timestamp
  document_id: string
  filename: string
  id: string
  image: Json | null
  media_type: string | null
  size: number
  tenant_id: string
}

export interface DocumentImportsTable {
  account_id: string
  book_id: string | null
  created_at: Timestamp
  done_at: Timestamp | null
  filename: string
  id: string
  left_out: Generated<string[]>
  size: number
  tenant_id: string
  visibility: string
  workspace_access: string
  workspace_id: string
}

export interface DocumentMembersTable {
  account_id: string
  added_at: Timestamp
  document_id: string
  role: string
  tenant_id: string
}

export interface DocumentMentionsTable {
  account_id: string
  author_id: string | null
  created_at: Timestamp
  document_id: string
  place_id: string
  read_at: Timestamp | null
  tenant_id: string
  text: string
  thread_id: string | null
}

export interface DocumentStarsTable {
  account_id: string
  document_id: string
  tenant_id: string
}

export interface DocumentThreadsTable {
  anchor: Json | null
  created_at: Timestamp
  document_id: string
  id: string
  resolved_at: Timestamp | null
  resolved_by: string | null
  tenant_id: string
  updated_at: Timestamp
  version: Generated<number>
}

export interface DocumentVersionsTable {
  authors: Generated<string[]>
  collisions: Generated<Json>
  content: Json
  created_at: Timestamp
  document_id: string
  id: string
  kind: string
  name: string | null
  tenant_id: string
  word_count: number
  words_added: number
  words_removed: number
}

export interface DocumentsTable {
  book_id: string | null
  content: Json | null
  created_at: Timestamp
  created_by: string
  edited_at: Timestamp
  edited_by: string | null
  editors: Generated<string[]>
  excerpt: Generated<string>
  id: string
  projected_version: Generated<number>
  tenant_id: string
  title: string
  title_key: string
  trashed_at: Timestamp | null
  version: Generated<number>
  visibility: string
  word_count: Generated<number>
  workspace_access: string
  workspace_id: string
}

export interface EmailChallengesTable {
  attempts: Generated<number>
  code_hash: Buffer
  created_at: Timestamp
  email: string
  expires_at: Timestamp
  id: string
  locale: Generated<string>
  used_at: Timestamp | null
}

export interface EventHorizonsTable {
  deleted_through: number
  tenant_id: string
}

export interface EventsTable {
  account_id: string | null
  created_at: Generated<Timestamp>
  id: GeneratedAlways<number>
  payload: Generated<Json>
  tenant_id: string
  topic: string | null
  type: string
  workspace_id: string | null
}

export interface HighlightsTable {
  account_id: string
  anchor_status: Generated<string>
  book_id: string
  change_id: number
  chapter: string | null
  color: string
  created_at: Timestamp
  deleted_at: Timestamp | null
  id: string
  locator: Json
  note: string | null
  quote: Json
  shared_before: Generated<boolean>
  tags: Generated<string[]>
  tenant_id: string
  updated_at: Generated<Timestamp>
  version: Generated<number>
  visibility: string
  workspace_id: string
}

export interface IdempotencyKeysTable {
  account_id: string
  body: string | null
  created_at: Generated<Timestamp>
  headers: Json | null
  key: string
  operation: string
  request_hash: string
  status: number | null
  tenant_id: string
}

export interface InstallationTable {
  claimed_at: Generated<Timestamp>
  id: Generated<boolean>
  owner_account_id: string
}

export interface InvitationsTable {
  created_at: Timestamp
  email: string | null
  expires_at: Timestamp
  id: string
  invited_by: string
  mail_token_hash: Buffer | null
  max_uses: number
  revoked_at: Timestamp | null
  role: string
  tenant_id: string
  token_hash: Buffer
  uses: Generated<number>
  workspace_ids: Generated<string[]>
}

export interface KeptPostsTable {
  board_id: Buffer
  kept_at: Timestamp
  post_id: Buffer
  tenant_id: string
}

export interface MembershipsTable {
  account_id: string
  joined_at: Generated<Timestamp>
  removed_at: Timestamp | null
  role: string
  tenant_id: string
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export interface MessageMentionsTable {
  account_id: string
  author_id: string
  created_at: Timestamp
  room_id: string
  sequence: number
  tenant_id: string
}

export interface MessageReactionsTable {
  account_id: string
  created_at: Timestamp
  emoji: string
  message_id: string
  tenant_id: string
}

export interface MessageVersionsTable {
  body: string
  message_id: string
  tenant_id: string
  version: number
  written_at: Timestamp
}

export interface MessagesTable {
  account_id: string
  attachments: Generated<Json>
  body: string
  citations: Generated<Json>
  created_at: Timestamp
  deleted_at: Timestamp | null
  deleted_by: string | null
  edited_at: Timestamp | null
  id: string
  last_reply_at: Timestamp | null
  mentions: Generated<string[]>
  mentions_everyone: Generated<boolean>
  quotes: Generated<Json>
  repliers: Generated<string[]>
  reply_count: Generated<number>
  revision: number
  room_id: string
  sequence: number
  tenant_id: string
  thread_root_id: string | null
  version: Generated<number>
}

export interface MigrationsTable {
  applied_at: Generated<Timestamp>
  checksum: string
  name: string
}

export interface NotesTable {
  account_id: string
  body: string
  book_id: string | null
  change_id: number
  created_at: Timestamp
  deleted_at: Timestamp | null
  highlight_id: string | null
  id: string
  locator: Json | null
  quote: Json | null
  shared_before: Generated<boolean>
  tags: Generated<string[]>
  tenant_id: string
  title: string | null
  updated_at: Generated<Timestamp>
  version: Generated<number>
  visibility: string
  workspace_id: string
}

export interface PassagesTable {
  content_id: string
  kind: string
  language: string
  locator: Json
  ord: number
  prefix: string
  section_index: number
  section_path: string[]
  suffix: string
  tenant_id: string
  text: string
  words: number
}

export interface PeopleTable {
  account_id: string | null
  display_name: string | null
  email: string | null
}

export interface PostsTable {
  author_id: Buffer
  board_id: Buffer
  comment_count: Generated<number>
  content_digest: Buffer
  content_size: number
  content_type: string
  created_at: Timestamp
  deleted: boolean
  edited_at: Timestamp | null
  hidden_by: Buffer | null
  hidden_reason: string | null
  id: Buffer
  last_active_at: Timestamp
  locked: boolean
  media: Generated<Json>
  parent_id: Buffer | null
  pinned: boolean
  root_id: Buffer | null
  tenant_id: string
  title: string
}

export interface ProviderStatesTable {
  browser_hash: Buffer
  code_verifier: string
  created_at: Timestamp
  expires_at: Timestamp
  link_account_id: string | null
  link_session_id: string | null
  nonce: string
  pending: Json | null
  provider: string
  redirect_uri: string
  return_to: string
  state_hash: Buffer
  used_at: Timestamp | null
}

export interface ReadingPositionsTable {
  account_id: string
  book_id: string
  device_id: string
  device_name: string
  fraction: number
  label: string | null
  locator: Json
  recorded_at: Timestamp
  tenant_id: string
}

export interface ReadingSessionsTable {
  account_id: string
  active_seconds: Generated<number>
  book_id: string
  device_id: string
  ended_at: Timestamp | null
  id: string
  last_beat_at: Timestamp
  last_sequence: Generated<number>
  started_at: Timestamp
  tenant_id: string
  time_zone: string
}

export interface ReadingSettingsTable {
  account_id: string
  settings: Json
  tenant_id: string
  version: number
}

export interface ReadingTimeTable {
  account_id: string
  book_id: string
  date: string
  hour: number
  seconds: number
  tenant_id: string
}

export interface ReconcileBlocksTable {
  bytes: Buffer
  key: number
  scope: string
  tenant_id: string
}

export interface RefreshTokensTable {
  expires_at: Timestamp
  hash: Buffer
  issued_at: Timestamp
  parent: Buffer | null
  session_id: string
  used_at: Timestamp | null
}

export interface RoomAttachmentsTable {
  account_id: string
  created_at: Timestamp
  filename: string
  id: string
  image: Json | null
  media_type: string | null
  message_id: string | null
  room_id: string
  size: number
  tenant_id: string
}

export interface RoomMembersTable {
  account_id: string
  delivered_sequence: Generated<number>
  joined_at: Timestamp
  notifications: Generated<string>
  pinned: Generated<boolean>
  read_sequence: Generated<number>
  role: string
  room_id: string
  tenant_id: string
}

export interface RoomsTable {
  archived_at: Timestamp | null
  book_id: string | null
  created_at: Timestamp
  created_by: string
  first_id: string | null
  id: string
  kind: string
  last_message_at: Timestamp | null
  last_revision: Generated<number>
  last_sequence: Generated<number>
  name: string
  parent_id: string | null
  posting: Generated<string>
  second_id: string | null
  tenant_id: string
  topic: string | null
  updated_at: Timestamp
  version: Generated<number>
  visibility: string
  workspace_id: string | null
}

export interface SearchBlocksTable {
  content_id: string
  part: number
  postings: number[]
  tenant_id: string
  term_id: number
}

export interface SearchContentsTable {
  content_id: string
  icu_version: string
  indexed_at: Generated<Timestamp>
  length: number
  passages: number
  tenant_id: string
  terms: Generated<number[]>
}

export interface SearchDocumentsTable {
  account_id: string
  book_id: string | null
  id: string
  kind: string
  private_to: string | null
  room_id: string | null
  tenant_id: string
  terms: string
  text: string
  title: string
  updated_at: Generated<Timestamp>
  words: string
  workspace_id: string | null
}

export interface SearchFormsTable {
  form: string
  ranked: boolean
  term_id: number
}

export interface SearchPassagesTable {
  content_id: string
  ord: number
  tenant_id: string
  words: string
}

export interface SearchTermsTable {
  id: GeneratedAlways<number>
  term: string
}

export interface SecurityEventsTable {
  account_id: string | null
  action: string
  created_at: Timestamp
  details: Generated<Json>
  id: string
  network: string | null
  session_id: string | null
}

export interface SetupTokensTable {
  created_at: Generated<Timestamp>
  hash: Buffer
}

export interface ShelfBooksTable {
  added_at: Generated<Timestamp>
  book_id: string
  shelf_id: string
  tenant_id: string
}

export interface ShelvesTable {
  created_at: Generated<Timestamp>
  created_by: string
  id: string
  name: string
  parent_id: string | null
  position: number
  tenant_id: string
  version: Generated<number>
  workspace_id: string
}

export interface SignInLinksTable {
  account_id: string
  authenticated_at: Timestamp | null
  created_at: Timestamp
  created_by: string | null
  expires_at: Timestamp
  hash: Buffer
  only_tenant: string | null
  used_at: Timestamp | null
}

export interface SigningKeysTable {
  activated_at: Timestamp | null
  kid: string
  private_sealed: Buffer
  public_jwk: Json
  published_at: Timestamp
  retires_at: Timestamp | null
  state: string
}

export interface StatesyncDocumentsTable {
  created_at: Generated<Timestamp>
  created_by: string
  epoch: Generated<number>
  id: string
  lock_expires_at: Timestamp | null
  lock_holder: string | null
  lock_token: Generated<number>
  metadata: Json
  owner_id: string | null
  size_bytes: Generated<number>
  tenant_id: string
  title: string
  updated_at: Generated<Timestamp>
  version: Generated<number>
  workspace_id: string | null
}

export interface StatesyncOperationsTable {
  created_at: Generated<Timestamp>
  document_id: string
  first_version: number
  last_version: number
  operations: Buffer
  tenant_id: string
}

export interface StatesyncOwnersTable {
  address: string | null
  beat_at: Timestamp
  id: string
}

export interface StatesyncSnapshotsTable {
  created_at: Generated<Timestamp>
  document_id: string
  state: Buffer
  tenant_id: string
  version: number
}

export interface TenantsTable {
  created_at: Generated<Timestamp>
  id: string
  name: string
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export interface UploadsTable {
  account_id: string
  created_at: Generated<Timestamp>
  expires_at: Timestamp
  filename: string
  id: string
  media_type: string | null
  sha256: string | null
  size: number
  tenant_id: string
  used_at: Timestamp | null
}

export interface UserSessionsTable {
  absolute_expires_at: Timestamp
  account_id: string
  authenticated_at: Timestamp
  chosen_tenant: string | null
  created_at: Timestamp
  device_name: string
  expires_at: Timestamp
  fingerprint: Buffer
  id: string
  last_used_at: Timestamp
  method: string
  network: string | null
  only_tenant: string | null
  platform: string
  revoked_at: Timestamp | null
  revoked_reason: string | null
}

export interface WorkspaceMembersTable {
  account_id: string
  added_at: Generated<Timestamp>
  tenant_id: string
  workspace_id: string
}

export interface WorkspacesTable {
  archived_at: Timestamp | null
  created_at: Generated<Timestamp>
  id: string
  name: string
  tenant_id: string
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export interface Tables {
  account_emails: AccountEmailsTable
  account_identities: AccountIdentitiesTable
  accounts: AccountsTable
  annotation_changes: AnnotationChangesTable
  audit_logs: AuditLogsTable
  author_keys: AuthorKeysTable
  author_names: AuthorNamesTable
  board_index: BoardIndexTable
  board_peers: BoardPeersTable
  board_records: BoardRecordsTable
  board_uploads: BoardUploadsTable
  boards: BoardsTable
  book_readers: BookReadersTable
  bookmarks: BookmarksTable
  books: BooksTable
  cluster_peers: ClusterPeersTable
  cluster_presence: ClusterPresenceTable
  cluster_snapshots: ClusterSnapshotsTable
  content_blobs: ContentBlobsTable
  content_chunks: ContentChunksTable
  content_names: ContentNamesTable
  contents: ContentsTable
  document_citations: DocumentCitationsTable
  document_comments: DocumentCommentsTable
  document_files: DocumentFilesTable
  document_imports: DocumentImportsTable
  document_members: DocumentMembersTable
  document_mentions: DocumentMentionsTable
  document_stars: DocumentStarsTable
  document_threads: DocumentThreadsTable
  document_versions: DocumentVersionsTable
  documents: DocumentsTable
  email_challenges: EmailChallengesTable
  event_horizons: EventHorizonsTable
  events: EventsTable
  highlights: HighlightsTable
  idempotency_keys: IdempotencyKeysTable
  installation: InstallationTable
  invitations: InvitationsTable
  kept_posts: KeptPostsTable
  memberships: MembershipsTable
  message_mentions: MessageMentionsTable
  message_reactions: MessageReactionsTable
  message_versions: MessageVersionsTable
  messages: MessagesTable
  migrations: MigrationsTable
  notes: NotesTable
  passages: PassagesTable
  people: PeopleTable
  posts: PostsTable
  provider_states: ProviderStatesTable
  reading_positions: ReadingPositionsTable
  reading_sessions: ReadingSessionsTable
  reading_settings: ReadingSettingsTable
  reading_time: ReadingTimeTable
  reconcile_blocks: ReconcileBlocksTable
  refresh_tokens: RefreshTokensTable
  room_attachments: RoomAttachmentsTable
  room_members: RoomMembersTable
  rooms: RoomsTable
  search_blocks: SearchBlocksTable
  search_contents: SearchContentsTable
  search_documents: SearchDocumentsTable
  search_forms: SearchFormsTable
  search_passages: SearchPassagesTable
  search_terms: SearchTermsTable
  security_events: SecurityEventsTable
  setup_tokens: SetupTokensTable
  shelf_books: ShelfBooksTable
  shelves: ShelvesTable
  sign_in_links: SignInLinksTable
  signing_keys: SigningKeysTable
  statesync_documents: StatesyncDocumentsTable
  statesync_operations: StatesyncOperationsTable
  statesync_owners: StatesyncOwnersTable
  statesync_snapshots: StatesyncSnapshotsTable
  tenants: TenantsTable
  uploads: UploadsTable
  user_sessions: UserSessionsTable
  workspace_members: WorkspaceMembersTable
  workspaces: WorkspacesTable
}
