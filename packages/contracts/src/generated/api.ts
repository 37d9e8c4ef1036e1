/** Generated from contracts/ by tools/generate-contracts.ts. Do not edit. */
import type { Binary, EventStream } from '../binary.ts'

export type { Binary, EventStream }

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public keys of access tokens (RFC 7517) */
        get: operations["getJsonWebKeySet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in person */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name, language, time zone */
        patch: operations["updateAccount"];
        trace?: never;
    };
    "/api/v1/account/author-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key that the caller's posts are signed with */
        get: operations["getAuthorKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/author-key/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller's secret keys, to be kept elsewhere */
        post: operations["exportAuthorKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/author-key/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with another key
         * @description The change is signed with the old key on every board the caller wrote on. What was posted before stays verifiable; what the old key signs from now on does not count.
         */
        post: operations["rotateAuthorKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ways this account can sign in */
        get: operations["listIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/identities/{identity_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a way to sign in; the last one stays */
        delete: operations["unlinkIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices on which the account is signed in, newest use first */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a device out */
        delete: operations["revokeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed since a cursor, removals included: for copies kept offline */
        get: operations["listAnnotationChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Highlights and notes as Markdown or W3C Web Annotation JSON-LD */
        get: operations["exportAnnotations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a six-digit sign-in code
         * @description Answers the same whether or not the address is known.
         */
        post: operations["requestEmailCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email-codes/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with the code */
        post: operations["verifyEmailCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/links/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a one-time link made by an administrator or on the server's terminal */
        post: operations["redeemSignInLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/providers/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the provider sends the browser back */
        get: operations["finishProviderSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/providers/{provider}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Go to an OpenID Connect or OAuth provider (authorization code with PKCE) */
        get: operations["startProviderSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new access token for the session, also to change organisation
         * @description Takes the refresh token from the `__Host-stoa_rt` cookie (same-origin requests only) or from the body, and rotates it. A token used again after its successor was issued ends the session.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this session */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/authors/{author_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                author_id: components["schemas"]["Hash"];
            };
            cookie?: never;
        };
        /** Who writes on boards */
        get: operations["getAuthor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/authors/{author_id}/posts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                author_id: components["schemas"]["Hash"];
            };
            cookie?: never;
        };
        /** Posts of an author on all boards here, the newest first */
        get: operations["listAuthorPosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/board-media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reserve an image for a post; it then goes straight to blob storage */
        post: operations["createBoardMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/board-media/{upload_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Re-encode the image, strip what it tells about its place and camera, make its thumbnail
         * @description The same image twice is one copy. The answer names the image for `media_ids` of a post or comment.
         */
        post: operations["completeBoardMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Boards of the organisation, the last active first */
        get: operations["listBoards"];
        put?: never;
        /**
         * Begin a board; the caller owns it
         * @description Title and access are signed and never change. `reach` says which nodes may hold it: those of the cluster, or any.
         */
        post: operations["createBoard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/{board_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
            };
            cookie?: never;
        };
        /** One board: settings, roles, and how many records count */
        get: operations["getBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Which nodes may hold it, and what this node keeps of it
         * @description For owners and admins of the organisation; the board's owner may set its reach. A change of reach is told to the other nodes of the cluster; the policy is of this node alone.
         */
        patch: operations["updateBoard"];
        trace?: never;
    };
    "/api/v1/boards/{board_id}/comments/{comment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                comment_id: components["schemas"]["Hash"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Edit one's own comment */
        patch: operations["updateComment"];
        trace?: never;
    };
    "/api/v1/boards/{board_id}/moderation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
            };
            cookie?: never;
        };
        /** What moderators did, the newest first; also what does not count, with the reason */
        get: operations["listModeration"];
        put?: never;
        /**
         * Hide, restore, lock, pin, ban, grant, revoke: by a signed record
         * @description Of a post or comment: `hide`, `restore`; of a post: `lock`, `unlock`, `pin`, `unpin`; of an author: `ban`, `unban`, `grant`, `revoke`. Moderators may all but deal with moderators, which is the owner's.
         */
        post: operations["moderateBoard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/{board_id}/posts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
            };
            cookie?: never;
        };
        /**
         * Posts of a board: titles and thumbnails, never bodies
         * @description Pinned ones first. `newest`: by when they were posted; `active`: by the last comment. Hidden posts are listed for moderators only.
         */
        get: operations["listPosts"];
        put?: never;
        /**
         * Post
         * @description Signed with the caller's key. The record, its body and the event are durable together before the answer.
         */
        post: operations["createPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/{board_id}/posts/{post_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        /**
         * A post with its body
         * @description What is not on this node is fetched from others: `fetching` while that goes on, `unavailable` with the reason when nobody has it. The event `content.changed` tells when it has come.
         */
        get: operations["getPost"];
        put?: never;
        post?: never;
        /**
         * Take back one's own post or comment
         * @description Its comments stay below a gap. Copies on other nodes go when the deletion reaches them.
         */
        delete: operations["deletePost"];
        options?: never;
        head?: never;
        /** Edit one's own post */
        patch: operations["updatePost"];
        trace?: never;
    };
    "/api/v1/boards/{board_id}/posts/{post_id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        /** Comments of a post, the oldest first; `parent_id` makes the tree */
        get: operations["listComments"];
        put?: never;
        /** Comment on a post, or answer a comment of it */
        post: operations["createComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/{board_id}/posts/{post_id}/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try again to get what is missing of a post or comment */
        post: operations["fetchPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/{board_id}/posts/{post_id}/kept": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Keep a post on this node: it is never given up
         * @description Its body and images, and those of its comments, also of comments that come later. What is missing is fetched at once, whatever the policy; the answer does not wait for it. Of this node alone; keeping again changes nothing. What its author takes back goes nevertheless.
         */
        put: operations["keepPost"];
        post?: never;
        /**
         * Keep a post no longer: it may be given up when room is needed
         * @description What another kept post names as well stays kept. Releasing what is not kept changes nothing.
         */
        delete: operations["releasePost"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Books, a page at a time */
        get: operations["listBooks"];
        put?: never;
        /**
         * Make a book of an uploaded file
         * @description Answers 200 with the existing book when this workspace has the same bytes already.
         */
        post: operations["createBook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books/{book_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        /** One book */
        get: operations["getBook"];
        put?: never;
        post?: never;
        /** Move to the trash (kept 30 days) — or, in the trash already, remove for good */
        delete: operations["deleteBook"];
        options?: never;
        head?: never;
        /** Correct a book's description */
        patch: operations["updateBook"];
        trace?: never;
    };
    "/api/v1/books/{book_id}/bookmarks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        /** Bookmarks in a book, in reading order */
        get: operations["listBookmarks"];
        put?: never;
        /** Mark a page */
        post: operations["createBookmark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books/{book_id}/bookmarks/{bookmark_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
                bookmark_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a bookmark */
        delete: operations["deleteBookmark"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books/{book_id}/contents": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        /** Table of contents and sections */
        get: operations["getBookContents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books/{book_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        /** A signed URL of the file */
        get: operations["getBookFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books/{book_id}/position": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        /** Where one stopped, and where other devices are */
        get: operations["getPosition"];
        /**
         * Say where one is
         * @description The later `recorded_at` wins; the other stays on offer in `others`. Repeating it changes nothing.
         */
        put: operations["putPosition"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books/{book_id}/replace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a better edition in place of the file; highlights are anchored anew by their words */
        post: operations["replaceBookFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books/{book_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a book out of the trash */
        post: operations["restoreBook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books/{book_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try again to analyse a book that failed */
        post: operations["retryBook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/books/{book_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Mark as to read, reading, finished or none */
        put: operations["putReadingStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cluster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The cluster as this node sees it
         * @description For owners and admins of the organisation with which this installation was set up; for everybody else there is no cluster. `reason` says why the node is not healthy.
         */
        get: operations["getCluster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cluster/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call every member that is not connected, now */
        post: operations["retryClusterConnections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cluster/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of the cluster and how they are */
        get: operations["listClusterMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cluster/peers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is connected to this node, members or not */
        get: operations["listClusterPeers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cluster/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When members came and went, newest first */
        get: operations["listClusterPresence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/content/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The content plane as this node sees it: peers, lag, cache */
        get: operations["getContentDiagnostics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/content/fetches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last fetches from other nodes, the newest first, with reasons */
        get: operations["listContentFetches"];
        put?: never;
        /** Ask the other nodes for content again */
        post: operations["retryContentFetch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/content/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The four figures of the content plane as they were, one sample a minute of the last two hours, the oldest first
         * @description Of this run of the node; nothing is known of a time in which it was off.
         */
        get: operations["listContentSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Documents that the caller may read */
        get: operations["listDocuments"];
        put?: never;
        /**
         * Make a document, empty or from a template; the caller becomes its owner
         * @description The client makes the id: repeating the request gives the same document. The same id opens it on the realtime socket (`createDocumentTicket`), where its content lives as a Yjs document whose fragment is named `content`.
         */
        post: operations["createDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** One document, without its content */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        /** Put it into the trash, from where it may be restored for 30 days; or out of the trash for ever */
        delete: operations["deleteDocument"];
        options?: never;
        head?: never;
        /**
         * Title, who may read, comment and write, book
         * @description The title takes the right to write; the rest is for owners of the document and, where the workspace sees it, for owners and admins of the organisation.
         */
        patch: operations["updateDocument"];
        trace?: never;
    };
    "/api/v1/documents/{document_id}/book": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put the document into the library as an EPUB
         * @description The client makes the id of the book. The book is what the document says now; later edits do not change it.
         */
        post: operations["createBookFromDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/comments/{comment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: components["schemas"]["Uuid"];
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a comment; with the first one, its thread
         * @description For its author and for those who manage the document.
         */
        delete: operations["deleteThreadComment"];
        options?: never;
        head?: never;
        /** Edit one's own comment */
        patch: operations["updateThreadComment"];
        trace?: never;
    };
    "/api/v1/documents/{document_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /**
         * What the document says now
         * @description As ProseMirror JSON of the schema of `@stoa/document-schema`, and as Markdown.
         */
        get: operations["getDocumentContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** The document as a file */
        get: operations["exportDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** Images of the document, with fresh addresses */
        get: operations["listDocumentFiles"];
        put?: never;
        /** Reserve an image; it then goes straight to blob storage */
        post: operations["createDocumentFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                file_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** One image, with a fresh address */
        get: operations["getDocumentFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/files/{file_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                file_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at the uploaded image and make its thumbnail; it may then stand in the text */
        post: operations["completeDocumentFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** Who was given a role of their own */
        get: operations["listDocumentMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/members/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        /** Give somebody of the workspace a role in the document */
        put: operations["setDocumentMember"];
        post?: never;
        /** Take somebody's role away; with one's own id: leave it */
        delete: operations["removeDocumentMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a document back from the trash */
        post: operations["restoreDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/star": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        /** Keep it close, or not any more */
        put: operations["starDocument"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/threads": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** Threads of comments, in the order in which they began */
        get: operations["listCommentThreads"];
        put?: never;
        /**
         * Comment on a stretch of the text, or on the whole document
         * @description The client makes the id, which is also the id of the thread's first comment.
         */
        post: operations["createCommentThread"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/threads/{thread_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                thread_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** One thread */
        get: operations["getCommentThread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Resolve or reopen it, or move its anchor */
        patch: operations["updateCommentThread"];
        trace?: never;
    };
    "/api/v1/documents/{document_id}/threads/{thread_id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                thread_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** Comments of a thread, in their order */
        get: operations["listThreadComments"];
        put?: never;
        /**
         * Reply in a thread
         * @description The client makes the id. A reply reopens a thread that was resolved.
         */
        post: operations["createThreadComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** What was kept of the document, newest first */
        get: operations["listDocumentVersions"];
        put?: never;
        /**
         * Keep the document as it is now
         * @description The client makes the id. With `collisions`: what a client that was offline is about to merge; the version is then the state before that merge, and says which paragraphs both sides had changed.
         */
        post: operations["createDocumentVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/versions/{version_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                version_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** A version with its content, to be compared */
        get: operations["getDocumentVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Give a version a name, or take it away */
        patch: operations["updateDocumentVersion"];
        trace?: never;
    };
    "/api/v1/documents/{document_id}/versions/{version_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                version_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the document say again what this version says
         * @description An edit like any other: those who write at this moment see it, and what the document said before is kept as a version.
         */
        post: operations["restoreDocumentVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reserve a Markdown or DOCX file; it then goes straight to blob storage */
        post: operations["createDocumentImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/imports/{import_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the uploaded file into a new document
         * @description The document has the id of the import: repeating the request gives the same document. What the format has and a document has not is left out and named in `left_out`.
         */
        post: operations["completeDocumentImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the caller was mentioned in documents and comments, newest first */
        get: operations["listDocumentMentions"];
        put?: never;
        /**
         * Take note of mentions
         * @description Of one document, or of all.
         */
        post: operations["markDocumentMentionsRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a new document may begin with */
        get: operations["listDocumentTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens, live
         * @description Server-sent events of the caller's organisation, as far as the caller may see them. `Last-Event-ID` resumes after that event; when it is too old, an event `reset` says that everything must be read again.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/highlights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own highlights and those shared with one's workspaces */
        get: operations["listHighlights"];
        put?: never;
        /**
         * Mark a passage
         * @description The client makes the id: repeating the request gives the same highlight.
         */
        post: operations["createHighlight"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/highlights/{highlight_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                highlight_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** One highlight */
        get: operations["getHighlight"];
        put?: never;
        post?: never;
        /** Remove (may be restored for 30 days) */
        delete: operations["deleteHighlight"];
        options?: never;
        head?: never;
        /** Change colour, note, tags, visibility, or the place after re-anchoring */
        patch: operations["updateHighlight"];
        trace?: never;
    };
    "/api/v1/highlights/{highlight_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                highlight_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a removed highlight back */
        post: operations["restoreHighlight"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open invitations */
        get: operations["listInvitations"];
        put?: never;
        /** Invite by link, and by mail when an address is given */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join, as the signed-in account (refresh cookie or token) or as a new one */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an invitation link offers */
        post: operations["lookUpInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/library/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts for the sidebar */
        get: operations["getLibrarySummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of the organisation */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a member, or leave (one's own id)
         * @description Admins remove members and guests, owners anybody; everybody may leave except the last owner.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /** Change a member's role; only owners make owners, the last owner stays */
        patch: operations["updateMember"];
        trace?: never;
    };
    "/api/v1/members/{account_id}/sign-in-link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A one-time sign-in link for a member, where there is no mail server
         * @description Owners for anybody, others for themselves. Valid 15 minutes, once.
         */
        post: operations["createMemberSignInLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the caller was mentioned, newest first */
        get: operations["listMentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own notes and those shared with one's workspaces */
        get: operations["listNotes"];
        put?: never;
        /** Write a note, on a book, on a highlight, or on its own */
        post: operations["createNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                note_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** One note */
        get: operations["getNote"];
        put?: never;
        post?: never;
        /** Remove (may be restored for 30 days) */
        delete: operations["deleteNote"];
        options?: never;
        head?: never;
        /** Change a note */
        patch: operations["updateNote"];
        trace?: never;
    };
    "/api/v1/notes/{note_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                note_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a removed note back */
        post: operations["restoreNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reading/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a reading session */
        post: operations["startReading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reading/sessions/{reading_session_id}/beats": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reading_session_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Still reading
         * @description Seconds are active time since the beat before; the server caps them by the time that really passed. `sequence` makes a repeated beat harmless.
         */
        post: operations["beatReading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reading/sessions/{reading_session_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reading_session_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session */
        post: operations["endReading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reading/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How books look */
        get: operations["getReadingSettings"];
        /** Change how books look */
        put: operations["putReadingSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reading/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reading time by local day */
        get: operations["getReadingStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realtime": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the realtime connections go
         * @description The WebSockets are on the port of this API. `quantum` is the UDP port beside it, on the same host, and the key by which the server is known there: whoever got it over HTTPS can be sure whom they speak to.
         */
        get: operations["getRealtime"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realtime/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket that opens one document over WebSocket
         * @description Good for one connection to `path`, for thirty seconds. Goes into the query parameter `ticket`, where a stock y-websocket client puts its `params`; an access token never goes into a URL.
         */
        post: operations["createDocumentTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rooms of the caller: those joined, and open ones that may be joined
         * @description Sorted by what happened last, newest first. `last_revision` tells, room by room, whether what a client holds is current: after a break, read `listRoomChanges` of the rooms where it has grown.
         */
        get: operations["listRooms"];
        put?: never;
        /**
         * Open a room; the caller becomes its owner
         * @description The client makes the id: repeating the request gives the same room.
         */
        post: operations["createRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** One room */
        get: operations["getRoom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Name, topic, visibility, who may write, book; archive and bring back
         * @description For owners and moderators of the room; in open rooms for owners and admins of the organisation, too.
         */
        patch: operations["updateRoom"];
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /**
         * What happened in the room after a revision: for resuming without loss
         * @description Messages as they are now, replies and tombstones included, in the order of their last change. Every message has one `revision`, which grows with each change of it; revisions of a room are given out one after another, without a gap.
         */
        get: operations["listRoomChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/delivered": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        /** Tell that messages have arrived on a device of the caller */
        put: operations["markRoomDelivered"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** The conversation as Markdown or JSON */
        get: operations["exportRoom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Become a member of an open room */
        post: operations["joinRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** Who is in the room, with roles */
        get: operations["listRoomMembers"];
        put?: never;
        /** Bring somebody of the workspace into the room */
        post: operations["addRoomMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/members/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Put somebody out of the room; with one's own id: leave it */
        delete: operations["removeRoomMember"];
        options?: never;
        head?: never;
        /** Change somebody's role in the room */
        patch: operations["updateRoomMember"];
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/membership": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** The caller's own settings for the room */
        patch: operations["updateRoomMembership"];
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /**
         * A stretch of the conversation
         * @description In the order of the room, oldest first. With no place named: the newest. At most one place may be named. Replies in threads are not among them unless `thread` asks for one thread; removed messages stand as tombstones.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Say something in the room
         * @description The client makes the id: repeating the request gives the same message. Needs text, a citation, a quote or an attachment. `[@Name](stoa:account/ID)` mentions a member, `[@everyone](stoa:everyone)` everybody in the room.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** One message */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        /**
         * Remove a message: its text, files and earlier versions are gone; a tombstone keeps its place
         * @description For its author, for owners and moderators of the room; in open rooms for owners and admins of the organisation, too.
         */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        /** Edit the text of one's own message */
        patch: operations["updateMessage"];
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/messages/{message_id}/reactions/{emoji}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                emoji: components["schemas"]["Emoji"];
                message_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        /** React to a message with an emoji */
        put: operations["addReaction"];
        post?: never;
        /** Take a reaction back */
        delete: operations["removeReaction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/messages/{message_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** Earlier versions of an edited message, newest first; the last 20 */
        get: operations["listMessageVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Move the read marker forward
         * @description Never goes back and never past the last message, so repeated and late requests do no harm.
         */
        put: operations["markRoomRead"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/{room_id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /**
         * How far every member has received and read
         * @description The 500 who read last. A message is delivered to and read by everybody whose marker is at or after its sequence.
         */
        get: operations["listRoomReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reserve a file for a message; it then goes straight to blob storage */
        post: operations["createAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/attachments/{attachment_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attachment_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at the uploaded file and make its thumbnail; it may then be sent */
        post: operations["completeAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/direct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The conversation of two people; the same room however often and whoever asks */
        post: operations["openDirectRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rooms/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits in all rooms together
         * @description Rooms without notifications count their mentions only; archived rooms do not count.
         */
        get: operations["getUnreadSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One box over books, passages, notes, highlights, messages, documents, posts and tags
         * @description Words are ranked by BM25; "in quotes" is a phrase; a trailing * is a prefix. Chinese is matched by word. The reply names the engine in `X-Search-Engine`.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether this installation has an owner, and how one signs in */
        get: operations["getSetup"];
        put?: never;
        /**
         * Become the owner of a new installation with the one-time set-up token
         * @description Makes the account, the organisation, its first workspace, and starts the import of the sample library.
         */
        post: operations["completeSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shelves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every shelf, as a flat list of a tree */
        get: operations["listShelves"];
        put?: never;
        /** Add a shelf */
        post: operations["createShelf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shelves/{shelf_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shelf_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a shelf and those below it; the books stay */
        delete: operations["deleteShelf"];
        options?: never;
        head?: never;
        /** Rename or move a shelf */
        patch: operations["updateShelf"];
        trace?: never;
    };
    "/api/v1/shelves/{shelf_id}/books": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shelf_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put books on a shelf */
        post: operations["addShelfBooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shelves/{shelf_id}/books/remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shelf_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take books off a shelf */
        post: operations["removeShelfBooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tags in use, with counts */
        get: operations["listTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation of the token */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename the organisation */
        patch: operations["updateTenant"];
        trace?: never;
    };
    "/api/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organisations the account belongs to */
        get: operations["listTenants"];
        put?: never;
        /** Found another organisation; the caller becomes its owner */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reserve an upload; the file then goes straight to blob storage */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Workspaces the caller belongs to (owners and admins see all) */
        get: operations["listWorkspaces"];
        put?: never;
        /** Add a workspace */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename or archive a workspace */
        patch: operations["updateWorkspace"];
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** Who is in the workspace */
        get: operations["listWorkspaceMembers"];
        put?: never;
        /** Put a member of the organisation into the workspace */
        post: operations["addWorkspaceMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/members/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
                workspace_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a member out of the workspace */
        delete: operations["removeWorkspaceMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blobs/{key}": {
        parameters: {
            query: {
                content_type: string;
                /** @description Unix seconds */
                expires: number;
                signature: string;
            };
            header?: never;
            path: {
                /** @description Storage key with `~` for `/`, as the signed URL has it */
                key: string;
            };
            cookie?: never;
        };
        /**
         * Read a file by a signed URL
         * @description Answers ranges. Served so that nothing in it can run.
         */
        get: operations["getBlob"];
        /**
         * Write a file by a signed URL
         * @description Takes exactly the announced bytes of the announced media type; may be repeated.
         */
        put: operations["putBlob"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prometheus series
         * @description Open to loopback and private addresses, or to whoever shows the configured metrics token.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Can it do its work, and if not, what is missing */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        Account: {
            created_at: components["schemas"]["Timestamp"];
            display_name: string;
            email: string | null;
            id: components["schemas"]["Uuid"];
            locale: components["schemas"]["Locale"];
            time_zone: components["schemas"]["TimeZone"];
            version: components["schemas"]["Version"];
        };
        /** @enum {string} */
        AnchorStatus: "exact" | "repaired" | "approximate" | "lost";
        Attachment: {
            filename: string;
            id: components["schemas"]["Uuid"];
            image: components["schemas"]["AttachmentImage"] | null;
            /** @description As the server found it */
            media_type: string;
            /** @description Bytes */
            size: number;
            /** @description Signed; for an hour. Opens as a download unless it is an image */
            url: string;
        };
        AttachmentImage: {
            /** @description #rrggbb */
            color: string;
            height: number;
            thumbnail_height: number;
            /** @description WebP, at most 640 pixels wide and high */
            thumbnail_url: string;
            thumbnail_width: number;
            width: number;
        };
        AttachmentUpload: {
            id: components["schemas"]["Uuid"];
            put: components["schemas"]["SignedUrl"];
        };
        Author: {
            /** @description A member of this organisation on this node */
            account_id: components["schemas"]["Uuid"] | null;
            author_id: components["schemas"]["Hash"];
            /** @description Empty when nobody has said it */
            display_name: string;
            /** @description Said by this node or by one of the cluster */
            verified: boolean;
        };
        AuthorKey: {
            author_id: components["schemas"]["Hash"];
            created_at: components["schemas"]["Timestamp"];
            /** @description Ed25519, hexadecimal */
            public_key: components["schemas"]["Hash"];
            rotations: number;
        };
        AuthorPage: components["schemas"]["Author"] & {
            comment_count: number;
            first_at: components["schemas"]["Timestamp"] | null;
            post_count: number;
        };
        Board: {
            access: components["schemas"]["BoardAccess"] | null;
            can: components["schemas"]["BoardRights"];
            created_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Hash"];
            last_active_at: components["schemas"]["Timestamp"];
            owner: components["schemas"]["Author"] | null;
            policy: components["schemas"]["ContentPolicy"] | null;
            post_count: number;
            reach: components["schemas"]["BoardReach"];
            /** @description Whether it travels between nodes; boards of one organisation of a node do */
            replicated: boolean;
            /** @description null until the record that begins the board has come */
            title: string | null;
        };
        /**
         * @description granted: only authors whom a moderator named may post
         * @default open
         * @enum {string}
         */
        BoardAccess: "open" | "granted";
        /** @description A passage; `book_id` is null where this organisation does not have the book */
        BoardCitation: {
            book_authors: string[];
            book_id: components["schemas"]["Uuid"] | null;
            book_title: string;
            chapter: string | null;
            locator: components["schemas"]["Locator"];
            quote: components["schemas"]["TextQuote"];
        };
        BoardDetail: components["schemas"]["Board"] & {
            /** @description Records that count */
            accepted: number;
            authors: components["schemas"]["Author"][];
            banned: components["schemas"]["Author"][];
            /** @description Records that do not count, by `KeptOutReason` */
            kept_out: {
                [key: string]: number;
            };
            moderators: components["schemas"]["Author"][];
        };
        BoardImage: {
            height: number;
            image_cid: components["schemas"]["Cid"];
            /** @description null while it is not on this node; always null in lists */
            image_url: string | null;
            mime: string;
            /** @description Bytes */
            size: number;
            thumb_cid: components["schemas"]["Cid"];
            /** @description null while it is not on this node */
            thumb_url: string | null;
            width: number;
        };
        /**
         * @description public: also nodes that are no members may read it
         * @default cluster
         * @enum {string}
         */
        BoardReach: "cluster" | "public";
        /** @description What the caller may do */
        BoardRights: {
            comment: boolean;
            moderate: boolean;
            /** @description Make moderators */
            own: boolean;
            post: boolean;
            /** @description Set what this node keeps: the policy, and single posts */
            settings: boolean;
        };
        /** @enum {string} */
        BoardRole: "moderator" | "author";
        /** @description Markdown */
        BoardText: string;
        Book: {
            added_at: components["schemas"]["Timestamp"];
            added_by: components["schemas"]["Person"];
            authors: string[];
            cover: components["schemas"]["Cover"] | null;
            description: string | null;
            /** @enum {string} */
            direction: "ltr" | "rtl";
            failure: components["schemas"]["BookFailure"] | null;
            filename: string;
            format: components["schemas"]["BookFormat"] | null;
            highlight_count: number;
            id: components["schemas"]["Uuid"];
            identifiers: {
                scheme: string;
                value: string;
            }[];
            language: string | null;
            page_count: number | null;
            /** @description Of the background work */
            progress: number;
            published: string | null;
            publisher: string | null;
            reading: components["schemas"]["BookReading"];
            series: string | null;
            series_index: number | null;
            sha256: string | null;
            shelf_ids: components["schemas"]["Uuid"][];
            size: number;
            state: components["schemas"]["BookState"];
            subtitle: string | null;
            tags: string[];
            title: string;
            trashed_at: components["schemas"]["Timestamp"] | null;
            updated_at: components["schemas"]["Timestamp"];
            version: components["schemas"]["Version"];
            word_count: number | null;
            workspace_id: components["schemas"]["Uuid"];
        };
        BookContents: {
            entries: components["schemas"]["ContentsEntry"][];
            page_labels?: string[];
            sections: {
                characters: number;
                href: string | null;
                index: number;
                title: string | null;
            }[];
        };
        BookFailure: {
            /** @description `file.*`; see docs/reference/errors.md */
            code: string;
            details: {
                [key: string]: unknown;
            };
            failed_at: components["schemas"]["Timestamp"];
            message: string;
            retryable: boolean;
        };
        BookFile: {
            /** @enum {string} */
            edition: "original" | "reading";
            format: components["schemas"]["BookFormat"];
            media_type: string;
            /** @description Of the edition: the key for keeping it offline */
            sha256: string;
            size: number;
            transfer: components["schemas"]["SignedUrl"];
        };
        /** @enum {string} */
        BookFormat: "epub" | "pdf" | "mobi" | "azw3" | "fb2" | "cbz" | "txt" | "markdown" | "html";
        Bookmark: {
            book_id: components["schemas"]["Uuid"];
            created_at: components["schemas"]["Timestamp"];
            excerpt: string | null;
            id: components["schemas"]["Uuid"];
            label: string | null;
            locator: components["schemas"]["Locator"];
        };
        BookReading: {
            device_name: string | null;
            fraction: number;
            /** @description Chapter or page */
            label: string | null;
            status: components["schemas"]["ReadingStatus"];
            updated_at: components["schemas"]["Timestamp"] | null;
        };
        /** @enum {string} */
        BookState: "UPLOADING" | "ANALYZING" | "PROCESSING" | "ACTIVE" | "FAILED";
        /** @description CIDv1, raw, SHA-256 */
        Cid: string;
        /** @description A passage: opens the book at the locator; found again by its words when the file was replaced */
        Citation: {
            book_authors: string[];
            book_id: components["schemas"]["Uuid"];
            book_title: string;
            chapter: string | null;
            color: components["schemas"]["HighlightColor"] | null;
            /** @description null when not every reader of the room has the book */
            cover: components["schemas"]["Cover"] | null;
            locator: components["schemas"]["Locator"];
            /** @description Who made the highlight */
            marked_by: components["schemas"]["Person"] | null;
            quote: components["schemas"]["TextQuote"];
        };
        Cluster: {
            /** @description Multiaddrs it is reached under */
            addresses: string[];
            bootstrap: components["schemas"]["ClusterBootstrap"];
            cluster_id: string | null;
            /** @description Whether this installation is in a cluster */
            configured: boolean;
            /** @description What another machine joins with (`stoa cluster join`); nothing in it is secret. Null outside of a cluster */
            invitation: string | null;
            member_count: number;
            /** @description Members online, this node among them */
            online: number;
            /** @description The name of this node; null without the role node */
            peer_id: string | null;
            /** @description Why it is not healthy; null when it is */
            reason: null | {
                /** @enum {string} */
                code: "no_role" | "no_cluster" | "start_failed" | "no_snapshot" | "not_member" | "no_majority";
                text: string;
            };
            /** @description Who belongs to the cluster, as the admin signed it; null when none was heard of */
            snapshot: null | components["schemas"]["ClusterSnapshot"];
            state: components["schemas"]["NodeState"];
            /** Format: date-time */
            state_since: string | null;
            version: string;
        };
        ClusterBootstrap: {
            /** @description Entries that named nobody, and why */
            faults: {
                entry: string;
                reason: string;
            }[];
            peers: {
                addresses: string[];
                peer_id: string | null;
            }[];
        };
        ClusterMember: {
            /** Format: date-time */
            added_at: string;
            address: string | null;
            addresses: string[];
            /** @enum {string} */
            connection: "self" | "direct" | "relayed" | "none";
            last_error: string | null;
            /** Format: date-time */
            last_heartbeat_at: string | null;
            name: string;
            online: boolean;
            peer_id: string;
            round_trip_ms: number | null;
            /** @description Whether it goes by the same snapshot as this node */
            same_snapshot: boolean | null;
            services: {
                endpoint: string;
                name: string;
            }[];
            /** @description What it said of itself; null when it was not heard */
            state: null | components["schemas"]["NodeState"];
        };
        ClusterPeer: {
            address: string;
            /** Format: date-time */
            banned_until: string | null;
            /** Format: date-time */
            connected_at: string;
            /** @description What is held against it; at 100 it is refused for ten minutes */
            faults: number;
            last_fault: string | null;
            member: boolean;
            /** @enum {string} */
            path: "direct" | "relayed";
            peer_id: string;
            round_trip_ms: number | null;
        };
        ClusterPresence: {
            address: string | null;
            /** Format: date-time */
            at: string;
            id: string;
            /** @enum {string} */
            kind: "online" | "offline";
            peer_id: string;
            reason: string;
        };
        ClusterSnapshot: {
            epoch: number;
            hash: string;
            /** Format: date-time */
            issued_at: string;
            issuer_peer_id: string;
            /** Format: date-time */
            proof_not_after: string | null;
            revoked: {
                peer_id: string;
                reason: string;
                /** Format: date-time */
                revoked_at: string;
            }[];
        };
        /** @description A paragraph that both sides had changed */
        Collision: {
            /** @description The paragraph as the client that was offline has it */
            mine: string;
            /** @description The paragraph as it was on the server */
            theirs: string;
        };
        Comment: {
            author: components["schemas"]["Author"];
            body: components["schemas"]["PostBody"];
            can: components["schemas"]["ItemRights"];
            created_at: components["schemas"]["Timestamp"];
            deleted: boolean;
            edited_at: components["schemas"]["Timestamp"] | null;
            hidden: components["schemas"]["HiddenNote"] | null;
            id: components["schemas"]["Hash"];
            images: components["schemas"]["BoardImage"][];
            /** @description The post or the comment that it answers */
            parent_id: components["schemas"]["Hash"];
            post_id: components["schemas"]["Hash"];
        };
        /** @description Yjs relative positions (`Y.encodeRelativePosition`, base64url) in the fragment `content`, and the words between them, for when those places are gone */
        CommentAnchor: {
            end: string;
            quote: components["schemas"]["TextQuote"];
            start: string;
        };
        /** @description Markdown; `[@Name](stoa:account/ID)` mentions somebody who may read the document */
        CommentBody: string;
        CommentText: {
            citations?: components["schemas"]["NewBoardCitation"][];
            media_ids?: components["schemas"]["MediaIds"];
            text: components["schemas"]["BoardText"];
        };
        CommentThread: {
            /** @description null: on the whole document */
            anchor: components["schemas"]["CommentAnchor"] | null;
            comment_count: number;
            /** @description The first hundred */
            comments: components["schemas"]["ThreadComment"][];
            created_at: components["schemas"]["Timestamp"];
            document_id: components["schemas"]["Uuid"];
            id: components["schemas"]["Uuid"];
            resolved_at: components["schemas"]["Timestamp"] | null;
            resolved_by: components["schemas"]["Person"] | null;
            updated_at: components["schemas"]["Timestamp"];
            version: components["schemas"]["Version"];
        };
        ContentDiagnostics: {
            bodies: {
                missing: number;
                present: number;
                /** @description Missing ones that the policy asks for */
                wanted: number;
            };
            cache: {
                authored_bytes: number;
                budget: number;
                bytes: number;
                evicted: number;
                hit_rate: number | null;
                /** @description Of posts that are kept on this node */
                pinned_bytes: number;
            };
            fetches: {
                latency_p95_seconds: number | null;
                running: number;
                success_rate: number | null;
            };
            index: {
                kept_out: number;
                /** @description Records that peers say they hold and this node lacks */
                missing: number;
                records: number;
            };
            node_id: string | null;
            peers: components["schemas"]["ContentPeer"][];
            policy: components["schemas"]["ContentPolicy"];
            /** @description Why not: `no_network`, `other_organisation` */
            reason: string | null;
            /** @description Whether boards of this organisation travel between nodes */
            replicating: boolean;
            /** @description Since when something is missing that a peer says it holds; null: no peer was ever heard */
            sync_lag_seconds: number | null;
        };
        ContentFetch: {
            attempts: {
                peer_id: string;
                /** @description Why it did not give it; null: it was silent until another gave it */
                reason: components["schemas"]["FetchReason"] | null;
                seconds: number;
            }[];
            bytes: number;
            content_cid: components["schemas"]["Cid"];
            /** @description Whether it is on this node now, by this fetch or a later one */
            here: boolean;
            /** @enum {string} */
            outcome: "running" | "fetched" | "failed";
            /** @description Who sent the last of it */
            peer_id: string | null;
            reason: components["schemas"]["FetchReason"] | null;
            /** @description null while it runs */
            seconds: number | null;
            started_at: components["schemas"]["Timestamp"];
            /** @description What it is of; null: nothing names it any more */
            use: components["schemas"]["ContentUse"] | null;
        };
        ContentPeer: {
            in_step_at: components["schemas"]["Timestamp"] | null;
            lag_seconds: number | null;
            last_error: string | null;
            last_error_at: components["schemas"]["Timestamp"] | null;
            last_sync_at: components["schemas"]["Timestamp"] | null;
            member: boolean;
            missing: number;
            /** @description How it is connected: direct or relayed; null: not connected */
            path: string | null;
            peer_id: string;
            /** @description How many records it says it holds */
            records: number | null;
        };
        /**
         * @description Which bodies and images this node fetches by itself: all, those of the last 30 days, or none but what is kept. `on_demand` holds what somebody opened until room is needed; `pinned` gives it up an hour after it was last used.
         * @enum {string}
         */
        ContentPolicy: "all" | "recent" | "on_demand" | "pinned";
        /** @description The figures of getContentDiagnostics at a moment; null: nothing could be said */
        ContentSample: {
            at: components["schemas"]["Timestamp"];
            hit_rate: number | null;
            latency_p95_seconds: number | null;
            success_rate: number | null;
            sync_lag_seconds: number | null;
        };
        ContentsEntry: {
            children: components["schemas"]["ContentsEntry"][];
            href: string | null;
            locator: components["schemas"]["Locator"] | null;
            title: string;
        };
        ContentState: {
            /** @description Of `unavailable` */
            reason: components["schemas"]["FetchReason"] | null;
            /** @enum {string} */
            state: "present" | "fetching" | "unavailable";
        };
        /** @description A post or comment that names content */
        ContentUse: {
            board_id: components["schemas"]["Hash"];
            /** @enum {string} */
            part: "post" | "comment" | "image";
            post_id: components["schemas"]["Hash"];
            /** @description Of the post */
            title: string;
        };
        Cover: {
            /** @description #rrggbb */
            color: string;
            height: number;
            large_url: string;
            small_url: string;
            width: number;
        };
        CreatedInvitation: {
            invitation: components["schemas"]["Invitation"];
            mailed: boolean;
            /** @description Holds the one-time token after `#` */
            url: string;
        };
        DeviceName: string;
        DeviceSession: {
            created_at: components["schemas"]["Timestamp"];
            current: boolean;
            device_name: string;
            expires_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            last_used_at: components["schemas"]["Timestamp"];
            /** @description Coarse: /24 or /48 of the last address */
            network: string | null;
            /** @description From the user agent, e.g. `Firefox · Linux` */
            platform: string;
        };
        /** @description A document as the caller sees it. `version` counts changes of these fields, not of the text */
        Document: {
            book: components["schemas"]["DocumentBook"] | null;
            can: components["schemas"]["DocumentRights"];
            created_at: components["schemas"]["Timestamp"];
            /** @description null: an account that is gone */
            created_by: components["schemas"]["Person"] | null;
            edited_at: components["schemas"]["Timestamp"];
            /** @description null: nobody since it was made */
            edited_by: components["schemas"]["Person"] | null;
            /** @description The beginning of the text, as of a few seconds ago */
            excerpt: string;
            id: components["schemas"]["Uuid"];
            /** @description Threads of comments that wait for an answer */
            open_threads: number;
            /** @description Given to the caller by name */
            role: components["schemas"]["DocumentRole"] | null;
            starred: boolean;
            title: string;
            trashed_at: components["schemas"]["Timestamp"] | null;
            version: components["schemas"]["Version"];
            visibility: components["schemas"]["DocumentVisibility"];
            /** @description Words, and characters of Chinese and Japanese */
            word_count: number;
            workspace_access: components["schemas"]["WorkspaceAccess"];
            workspace_id: components["schemas"]["Uuid"];
        };
        /** @description The book that the document is about */
        DocumentBook: {
            id: components["schemas"]["Uuid"];
            title: string;
        };
        DocumentContent: {
            content: components["schemas"]["ProseMirrorNode"];
            markdown: string;
            outline: components["schemas"]["OutlineEntry"][];
            word_count: number;
        };
        DocumentFile: {
            filename: string;
            id: components["schemas"]["Uuid"];
            image: components["schemas"]["AttachmentImage"];
            /** @description As the server found it */
            media_type: string;
            /** @description Bytes */
            size: number;
            /** @description Signed; for an hour */
            url: string;
        };
        DocumentFileUpload: {
            id: components["schemas"]["Uuid"];
            put: components["schemas"]["SignedUrl"];
        };
        DocumentImport: {
            id: components["schemas"]["Uuid"];
            put: components["schemas"]["SignedUrl"];
        };
        DocumentMember: {
            added_at: components["schemas"]["Timestamp"];
            person: components["schemas"]["Person"];
            role: components["schemas"]["DocumentRole"];
        };
        DocumentMention: {
            author: components["schemas"]["Person"] | null;
            created_at: components["schemas"]["Timestamp"];
            document_id: components["schemas"]["Uuid"];
            document_title: string;
            /** @description What stands around it */
            text: string;
            /** @description null: in the text itself */
            thread_id: components["schemas"]["Uuid"] | null;
            unread: boolean;
        };
        /** @description What the caller may do */
        DocumentRights: {
            comment: boolean;
            /** @description Share, put into the trash */
            manage: boolean;
            write: boolean;
        };
        /** @enum {string} */
        DocumentRole: "owner" | "writer" | "commenter" | "reader";
        /** @description A document in a list, as the caller sees it */
        DocumentSummary: {
            can: components["schemas"]["DocumentRights"];
            created_at: components["schemas"]["Timestamp"];
            /** @description null: an account that is gone */
            created_by: components["schemas"]["Person"] | null;
            edited_at: components["schemas"]["Timestamp"];
            /** @description null: nobody since it was made */
            edited_by: components["schemas"]["Person"] | null;
            /** @description The beginning of the text, as of a few seconds ago */
            excerpt: string;
            id: components["schemas"]["Uuid"];
            /** @description Threads of comments that wait for an answer */
            open_threads: number;
            starred: boolean;
            title: string;
            trashed_at: components["schemas"]["Timestamp"] | null;
            version: components["schemas"]["Version"];
            visibility: components["schemas"]["DocumentVisibility"];
            /** @description Words, and characters of Chinese and Japanese */
            word_count: number;
            workspace_id: components["schemas"]["Uuid"];
        };
        DocumentTemplate: {
            description: string;
            id: components["schemas"]["TemplateId"];
            /** @description What it begins with */
            markdown: string;
            name: string;
            /** @description Of a document made from it */
            title: string;
        };
        DocumentTicket: {
            /** Format: date-time */
            expires_at: string;
            /** @enum {string} */
            mode: "write" | "read";
            /** @description Where to connect to, below the server: `/yjs/<document>`. */
            path: string;
            ticket: string;
        };
        /** @description May be empty */
        DocumentTitle: string;
        DocumentVersion: {
            /** @description Who changed the text since the version before; of a named one who named it first */
            authors: components["schemas"]["Person"][];
            collisions: components["schemas"]["Collision"][];
            created_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            kind: components["schemas"]["VersionKind"];
            name: string | null;
            word_count: number;
            /** @description Since the version before */
            words_added: number;
            words_removed: number;
        };
        DocumentVersionContent: {
            content: components["schemas"]["ProseMirrorNode"];
            markdown: string;
            /** @description The version before */
            previous_id: components["schemas"]["Uuid"] | null;
            version: components["schemas"]["DocumentVersion"];
        };
        /**
         * @description `workspace`: everybody in the workspace may read; `private`: only those named
         * @enum {string}
         */
        DocumentVisibility: "workspace" | "private";
        /** Format: email */
        Email: string;
        /** @description One emoji */
        Emoji: string;
        EpubLocator: {
            cfi: string;
            /** @description Of the whole book */
            fraction?: number;
            section_index?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "epub";
        };
        ExportedAuthorKey: {
            author_id: components["schemas"]["Hash"];
            secret_keys: components["schemas"]["Hash"][];
        };
        /** @enum {string} */
        ExportFormat: "markdown" | "html" | "docx" | "epub";
        /**
         * @description no_peers: no other node is connected; not_found: none of them has it; timeout, stalled: they did not answer in time, or stopped; wrong_bytes, too_large: what they sent was refused; refused, busy: they refuse; failed: the connection broke; deleted: its author took it back; local_failure: this node could not keep it.
         * @enum {string}
         */
        FetchReason: "no_peers" | "not_found" | "timeout" | "stalled" | "wrong_bytes" | "too_large" | "refused" | "busy" | "failed" | "deleted" | "local_failure";
        Filename: string;
        /** @description SHA-256 of a signed record or of a first public key */
        Hash: string;
        HiddenNote: {
            by: components["schemas"]["Author"];
            reason: string;
        };
        Highlight: {
            anchor_status: components["schemas"]["AnchorStatus"];
            author: components["schemas"]["Person"];
            book_id: components["schemas"]["Uuid"];
            book_title: string;
            chapter: string | null;
            color: components["schemas"]["HighlightColor"];
            created_at: components["schemas"]["Timestamp"];
            deleted_at: components["schemas"]["Timestamp"] | null;
            id: components["schemas"]["Uuid"];
            locator: components["schemas"]["Locator"];
            mine: boolean;
            note: string | null;
            quote: components["schemas"]["TextQuote"];
            tags: string[];
            updated_at: components["schemas"]["Timestamp"];
            version: components["schemas"]["Version"];
            visibility: components["schemas"]["Visibility"];
            workspace_id: components["schemas"]["Uuid"];
        };
        /** @enum {string} */
        HighlightColor: "amber" | "rose" | "sage" | "sky" | "violet";
        Identity: {
            created_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            /** @enum {string} */
            kind: "email" | "provider";
            label: string;
            provider?: string;
        };
        ImportedDocument: {
            document: components["schemas"]["Document"];
            /** @description What the document has no place for, e.g. `footnote`, `external_image` */
            left_out: string[];
        };
        Invitation: {
            created_at: components["schemas"]["Timestamp"];
            email: string | null;
            expires_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            invited_by: components["schemas"]["Person"];
            max_uses: number;
            role: components["schemas"]["Role"];
            uses: number;
            workspace_ids: components["schemas"]["Uuid"][];
        };
        ItemRights: {
            comment: boolean;
            delete: boolean;
            edit: boolean;
            hide: boolean;
        };
        /**
         * @description pending: what it refers to has not come yet; before_cause: not later than that; unknown_key, retired_key, superseded: signed with a key that is not the author's, is not any more, or never became it; banned, no_right, not_author, locked: its author may not; wrong_target: it cannot be done to this.
         * @enum {string}
         */
        KeptOutReason: "pending" | "before_cause" | "unknown_key" | "retired_key" | "superseded" | "banned" | "no_right" | "not_author" | "wrong_target" | "locked";
        /** @description BCP 47 */
        LanguageTag: string;
        LibrarySummary: {
            all: number;
            failed: number;
            finished: number;
            highlights: number;
            notes: number;
            processing: number;
            reading: number;
            to_read: number;
            trashed: number;
        };
        /** Format: date */
        LocalDate: string;
        /** @enum {string} */
        Locale: "en" | "zh";
        /** @description Where a passage is */
        Locator: components["schemas"]["EpubLocator"] | components["schemas"]["PdfLocator"];
        /** @description Ids of images that were uploaded and completed, or the `image_cid` of ones that the post has already */
        MediaIds: string[];
        MediaUpload: {
            id: components["schemas"]["Uuid"];
            put: components["schemas"]["SignedUrl"];
        };
        Member: {
            account_id: components["schemas"]["Uuid"];
            display_name: string;
            /** @description Only shown to owners and admins, and to oneself */
            email: string | null;
            joined_at: components["schemas"]["Timestamp"];
            role: components["schemas"]["Role"];
            version: components["schemas"]["Version"];
            workspace_ids: components["schemas"]["Uuid"][];
        };
        Mention: {
            message: components["schemas"]["Message"];
            room_id: components["schemas"]["Uuid"];
            room_name: string;
            unread: boolean;
        };
        /** @description A message as every reader of the room sees it: nothing in it depends on who asks */
        Message: {
            attachments: components["schemas"]["Attachment"][];
            author: components["schemas"]["Person"];
            /** @description Markdown source; empty when removed */
            body: string;
            citations: components["schemas"]["Citation"][];
            created_at: components["schemas"]["Timestamp"];
            deleted_at: components["schemas"]["Timestamp"] | null;
            edited_at: components["schemas"]["Timestamp"] | null;
            id: components["schemas"]["Uuid"];
            mentions: components["schemas"]["Person"][];
            mentions_everyone: boolean;
            quotes: components["schemas"]["Quote"][];
            reactions: components["schemas"]["Reaction"][];
            revision: components["schemas"]["Revision"];
            room_id: components["schemas"]["Uuid"];
            sequence: components["schemas"]["Sequence"];
            /** @description Set on a message with replies */
            thread: components["schemas"]["ThreadSummary"] | null;
            /** @description Set on a reply */
            thread_root_id: components["schemas"]["Uuid"] | null;
            version: components["schemas"]["Version"];
        };
        /** @description Markdown; at most 32 KiB in UTF-8 */
        MessageBody: string;
        /** @description The beginning of a message, as plain text */
        MessageExcerpt: {
            author: components["schemas"]["Person"];
            created_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            sequence: components["schemas"]["Sequence"];
            text: string;
        };
        /** @description Messages between two places of the room. Nothing is missing in the stretch they cover. */
        MessagePage: {
            /** @description To be given as `after` for the page after; null at the end */
            after: components["schemas"]["Sequence"] | null;
            /** @description The place that was asked for */
            anchor_sequence: components["schemas"]["Sequence"] | null;
            /** @description To be given as `before` for the page before; null at the beginning */
            before: components["schemas"]["Sequence"] | null;
            /** @description The first place that the page covers */
            from_sequence: number;
            items: components["schemas"]["Message"][];
            last_revision: components["schemas"]["Revision"];
            last_sequence: components["schemas"]["Sequence"];
            /** @description The last place that the page covers; less than the first when it covers none */
            to_sequence: number;
        };
        /** @description Where a message stands, for a hit of that kind */
        MessagePlace: {
            room_id: components["schemas"]["Uuid"];
            room_name: string;
            sequence: number;
            thread_root_id: components["schemas"]["Uuid"] | null;
        };
        MessageVersion: {
            body: string;
            version: components["schemas"]["Version"];
            written_at: components["schemas"]["Timestamp"];
        };
        /** @enum {string} */
        ModerationAction: "hide" | "restore" | "lock" | "unlock" | "pin" | "unpin" | "ban" | "unban" | "grant" | "revoke";
        ModerationEntry: {
            action: components["schemas"]["ModerationAction"];
            author: components["schemas"]["Author"] | null;
            by: components["schemas"]["Author"];
            created_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Hash"];
            /** @description Why it does not count */
            kept_out: components["schemas"]["KeptOutReason"] | null;
            reason: string | null;
            role: components["schemas"]["BoardRole"] | null;
            target_id: components["schemas"]["Hash"] | null;
        };
        Name: string;
        NewBoardCitation: {
            book_id: components["schemas"]["Uuid"];
            chapter?: string;
            locator: components["schemas"]["Locator"];
            quote: components["schemas"]["TextQuote"];
        };
        /** @description A passage of a book */
        NewCitation: {
            book_id: components["schemas"]["Uuid"];
            chapter?: string;
            highlight_id?: components["schemas"]["Uuid"];
            locator: components["schemas"]["Locator"];
            quote: components["schemas"]["TextQuote"];
        };
        NewComment: {
            citations?: components["schemas"]["NewBoardCitation"][];
            media_ids?: components["schemas"]["MediaIds"];
            /** @description A comment; without it: the post */
            parent_id?: components["schemas"]["Hash"];
            text: components["schemas"]["BoardText"];
        };
        NewPost: {
            citations?: components["schemas"]["NewBoardCitation"][];
            media_ids?: components["schemas"]["MediaIds"];
            text: components["schemas"]["BoardText"];
            title: string;
        };
        /** @description Something that was written elsewhere. A message also needs its room. */
        NewQuote: {
            id: components["schemas"]["Uuid"];
            kind: components["schemas"]["QuoteKind"];
            room_id?: components["schemas"]["Uuid"];
        };
        /** @enum {string} */
        NodeState: "unconfigured" | "degraded" | "healthy";
        Note: {
            author: components["schemas"]["Person"];
            body: string;
            book_id: components["schemas"]["Uuid"] | null;
            book_title: string | null;
            created_at: components["schemas"]["Timestamp"];
            deleted_at: components["schemas"]["Timestamp"] | null;
            highlight_id: components["schemas"]["Uuid"] | null;
            id: components["schemas"]["Uuid"];
            locator: components["schemas"]["Locator"] | null;
            mine: boolean;
            quote: components["schemas"]["TextQuote"] | null;
            tags: string[];
            title: string | null;
            updated_at: components["schemas"]["Timestamp"];
            version: components["schemas"]["Version"];
            visibility: components["schemas"]["Visibility"];
            workspace_id: components["schemas"]["Uuid"];
        };
        OutlineEntry: {
            level: number;
            text: string;
        };
        PdfLocator: {
            end?: number;
            fraction?: number;
            /** @description Zero-based */
            page: number;
            page_label?: string;
            /** @description PDF user space, eight numbers each: top-left, top-right, bottom-left, bottom-right */
            quads?: number[][];
            /** @description Offset in the page's extracted text, UTF-16 units */
            start?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "pdf";
        };
        Person: {
            account_id: components["schemas"]["Uuid"];
            display_name: string;
        };
        Position: {
            device_id: string;
            device_name: string;
            fraction: number;
            label: string | null;
            locator: components["schemas"]["Locator"];
            recorded_at: components["schemas"]["Timestamp"];
        };
        PositionState: {
            /** @description Other devices' last places, newest first */
            others: components["schemas"]["Position"][];
            position: components["schemas"]["Position"] | null;
        };
        Post: {
            author: components["schemas"]["Author"];
            board_id: components["schemas"]["Hash"];
            /**
             * @description Whether the body is on this node
             * @enum {string}
             */
            body_state: "present" | "missing";
            comment_count: number;
            content_cid: components["schemas"]["Cid"];
            created_at: components["schemas"]["Timestamp"];
            deleted: boolean;
            edited_at: components["schemas"]["Timestamp"] | null;
            hidden: components["schemas"]["HiddenNote"] | null;
            id: components["schemas"]["Hash"];
            images: components["schemas"]["BoardImage"][];
            /** @description Kept on this node: never given up, with its images and comments */
            kept: boolean;
            last_active_at: components["schemas"]["Timestamp"];
            locked: boolean;
            pinned: boolean;
            /** @description Bytes of the body */
            size: number;
            title: string;
        };
        PostBody: components["schemas"]["ContentState"] & {
            citations: components["schemas"]["BoardCitation"][];
            /** @description Markdown; null unless present */
            text: string | null;
        };
        PostDetail: components["schemas"]["Post"] & {
            body: components["schemas"]["PostBody"];
            can: components["schemas"]["ItemRights"];
            /** @description Of a kept post: bodies and images of it and of its comments that are not on this node yet */
            kept_missing: number;
        };
        /**
         * @description Who may write
         * @enum {string}
         */
        Posting: "everyone" | "moderators";
        PostPage: {
            items: components["schemas"]["Post"][];
            next_cursor: string | null;
        };
        /** @description Where a post or comment stands, for a hit of that kind */
        PostPlace: {
            board_id: string;
            board_title: string;
            comment_id: string | null;
            post_id: string;
        };
        /** @description RFC 9457 problem details. */
        Problem: {
            /** @description Stable, e.g. `book.not_found`; docs/reference/errors.md lists all. */
            code: string;
            /** @description What happened, in English; clients translate by `code`. */
            detail?: string;
            /** @description Facts to act on, e.g. `current`: what is stored now, after a version conflict. */
            details?: {
                [key: string]: unknown;
            };
            /** @description What is wrong with the request, one entry per fault. */
            errors?: {
                message: string;
                /** @description Fragment-encoded JSON pointer into the request: `#/body/title`, `#/query/limit`, `#/header/if-match`. */
                pointer: string;
            }[];
            /** @description Stands in every log line of this request. */
            request_id: string;
            status: number;
            /** @description The name of the status. */
            title: string;
            /** @description `urn:stoa:problem:<code>` */
            type: string;
        };
        /** @description ProseMirror JSON */
        ProseMirrorNode: {
            [key: string]: unknown;
        };
        ProviderId: string;
        QuantumOffer: {
            /** @description Ed25519, base64url. */
            key: string;
            port: number;
        };
        /** @description What is quoted. A note or highlight stands as it was when it was quoted; a message as it is now. */
        Quote: {
            author: components["schemas"]["Person"] | null;
            book_id: components["schemas"]["Uuid"] | null;
            book_title: string | null;
            color: components["schemas"]["HighlightColor"] | null;
            created_at: components["schemas"]["Timestamp"] | null;
            id: components["schemas"]["Uuid"];
            kind: components["schemas"]["QuoteKind"];
            locator: components["schemas"]["Locator"] | null;
            quote: components["schemas"]["TextQuote"] | null;
            room_id: components["schemas"]["Uuid"] | null;
            sequence: components["schemas"]["Sequence"] | null;
            /** @description null when removed, or when not every reader of this room may read that room: ask for the message itself */
            text: string | null;
        };
        /** @enum {string} */
        QuoteKind: "message" | "note" | "highlight";
        Reaction: {
            /** @description Who reacted, first to last; the first 200 */
            account_ids: components["schemas"]["Uuid"][];
            count: number;
            emoji: components["schemas"]["Emoji"];
        };
        Readiness: {
            parts: {
                name: string;
                ready: boolean;
                reason?: string;
            }[];
            /** @constant */
            status: "ready";
        };
        ReadingSession: {
            active_seconds: number;
            book_id: components["schemas"]["Uuid"];
            ended_at: components["schemas"]["Timestamp"] | null;
            id: components["schemas"]["Uuid"];
            last_beat_at: components["schemas"]["Timestamp"];
            started_at: components["schemas"]["Timestamp"];
        };
        ReadingSettings: {
            columns: number;
            /** @enum {string} */
            flow: "paginated" | "scrolled";
            /** @enum {string} */
            font: "serif" | "sans" | "publisher";
            justify: boolean;
            leading: number;
            margin: number;
            /** @description em */
            measure: number;
            /** @description Pixels */
            size: number;
            /** @enum {string} */
            theme: "auto" | "light" | "sepia" | "dark";
            /** @description 0 = never saved */
            version: number;
        };
        ReadingStatistics: {
            books: {
                book_id: components["schemas"]["Uuid"];
                days: number;
                seconds: number;
                title: string;
            }[];
            days: {
                books: number;
                date: components["schemas"]["LocalDate"];
                seconds: number;
            }[];
            finished: number;
            /** @description Seconds by local hour 0–23 */
            hours: number[];
            total_seconds: number;
        };
        /** @enum {string} */
        ReadingStatus: "none" | "to_read" | "reading" | "finished";
        Realtime: {
            /** @description null where no UDP port is open */
            quantum: null | components["schemas"]["QuantumOffer"];
        };
        Receipt: {
            account_id: components["schemas"]["Uuid"];
            delivered_sequence: components["schemas"]["Sequence"];
            read_sequence: components["schemas"]["Sequence"];
        };
        /** @description `kept`: what the document said before */
        RestoredVersion: {
            document: components["schemas"]["Document"];
            kept: components["schemas"]["DocumentVersion"];
        };
        /** @description Number of a change in the room: 1, 2, 3 … without a gap */
        Revision: number;
        /** @enum {string} */
        Role: "owner" | "admin" | "member" | "guest";
        /** @description A room as the caller sees it */
        Room: {
            archived_at: components["schemas"]["Timestamp"] | null;
            book: components["schemas"]["RoomBook"] | null;
            can: components["schemas"]["RoomRights"];
            created_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            kind: components["schemas"]["RoomKind"];
            last_message: components["schemas"]["MessageExcerpt"] | null;
            last_revision: components["schemas"]["Revision"];
            last_sequence: components["schemas"]["Sequence"];
            member_count: number;
            /** @description null when the caller has not joined */
            membership: components["schemas"]["RoomMembership"] | null;
            mention_count: number;
            /** @description Of a direct room: the name of the other person */
            name: string;
            /** @description The room under which it stands in lists */
            parent_id: components["schemas"]["Uuid"] | null;
            /** @description The other person of a direct room */
            peer: components["schemas"]["Person"] | null;
            posting: components["schemas"]["Posting"];
            topic: string | null;
            /** @description Messages of others after the read marker; 100 means 100 or more */
            unread_count: number;
            updated_at: components["schemas"]["Timestamp"];
            version: components["schemas"]["Version"];
            visibility: components["schemas"]["RoomVisibility"];
            /** @description null for direct rooms */
            workspace_id: components["schemas"]["Uuid"] | null;
        };
        /** @description The book that the room is about */
        RoomBook: {
            id: components["schemas"]["Uuid"];
            title: string;
        };
        RoomChanges: {
            items: components["schemas"]["Message"][];
            last_revision: components["schemas"]["Revision"];
            last_sequence: components["schemas"]["Sequence"];
            /** @description Ask again with `through_revision` as `after` */
            more: boolean;
            through_revision: components["schemas"]["Revision"];
        };
        RoomExport: {
            exported_at: components["schemas"]["Timestamp"];
            messages: components["schemas"]["Message"][];
            next_after: components["schemas"]["Sequence"] | null;
            room: components["schemas"]["Room"];
        };
        /** @enum {string} */
        RoomKind: "room" | "direct";
        RoomMarkers: {
            delivered_sequence: components["schemas"]["Sequence"];
            mention_count: number;
            read_sequence: components["schemas"]["Sequence"];
            unread_count: number;
        };
        RoomMember: {
            joined_at: components["schemas"]["Timestamp"];
            person: components["schemas"]["Person"];
            role: components["schemas"]["RoomRole"];
        };
        RoomMembership: {
            delivered_sequence: components["schemas"]["Sequence"];
            joined_at: components["schemas"]["Timestamp"];
            notifications: components["schemas"]["RoomNotifications"];
            pinned: boolean;
            read_sequence: components["schemas"]["Sequence"];
            role: components["schemas"]["RoomRole"];
        };
        /** @enum {string} */
        RoomNotifications: "all" | "mentions" | "none";
        /** @description What the caller may do */
        RoomRights: {
            join: boolean;
            leave: boolean;
            manage: boolean;
            moderate: boolean;
            post: boolean;
        };
        /** @enum {string} */
        RoomRole: "owner" | "moderator" | "member";
        /**
         * @description `open`: everybody in the workspace may read and join
         * @enum {string}
         */
        RoomVisibility: "open" | "private";
        SearchHit: {
            author: components["schemas"]["Person"] | null;
            book_authors: string[];
            book_id: components["schemas"]["Uuid"] | null;
            book_title: string | null;
            chapter: string | null;
            color: components["schemas"]["HighlightColor"] | null;
            /** @description For a tag */
            count?: number;
            cover: components["schemas"]["Cover"] | null;
            id: string;
            kind: components["schemas"]["SearchKind"];
            language: string | null;
            locator: components["schemas"]["Locator"] | null;
            message?: components["schemas"]["MessagePlace"];
            post?: components["schemas"]["PostPlace"];
            quote: components["schemas"]["TextQuote"] | null;
            score: number;
            snippet: components["schemas"]["Snippet"];
            /** @description Book title, note title, name of the room, title of the document or post, or tag */
            title: string;
            updated_at: components["schemas"]["Timestamp"] | null;
        };
        /** @enum {string} */
        SearchKind: "book" | "passage" | "highlight" | "note" | "message" | "document" | "post" | "tag";
        SearchResults: {
            facets: {
                books: {
                    book_id: components["schemas"]["Uuid"];
                    count: number;
                    title: string;
                }[];
                kinds: {
                    count: number;
                    kind: components["schemas"]["SearchKind"];
                }[];
            };
            /** @description Some books are still being read in: there may be more soon */
            indexing: boolean;
            items: components["schemas"]["SearchHit"][];
            next_cursor: string | null;
            took_ms: number;
        };
        /** @description Place in the room: 1, 2, 3 … without a gap, replies included */
        Sequence: number;
        Session: {
            /** @description JWT RS256, 15 minutes */
            access_token: string;
            access_token_expires_at: components["schemas"]["Timestamp"];
            account: components["schemas"]["Account"];
            /** @description Only where asked for; browsers get it as a cookie */
            refresh_token?: string;
            session_id: components["schemas"]["Uuid"];
            /** @description The organisation this token is for; null when the account belongs to none */
            tenant: components["schemas"]["TenantMembership"] | null;
            tenants: components["schemas"]["TenantMembership"][];
        };
        SetupState: {
            claimed: boolean;
            /** @description False where codes only appear on the server's terminal */
            email_sign_in: boolean;
            providers: {
                id: string;
                name: string;
            }[];
            version: string;
        };
        Shelf: {
            /** @description Here and below */
            book_count: number;
            created_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            name: string;
            parent_id: components["schemas"]["Uuid"] | null;
            position: number;
            version: components["schemas"]["Version"];
            workspace_id: components["schemas"]["Uuid"];
        };
        SignedUrl: {
            expires_at: components["schemas"]["Timestamp"];
            headers: {
                [key: string]: string;
            };
            /** @enum {string} */
            method: "GET" | "PUT";
            url: string;
        };
        /** @description Text in order; `mark` says which parts matched */
        Snippet: {
            mark: boolean;
            text: string;
        }[];
        Tag: string;
        TemplateChoice: {
            id: components["schemas"]["TemplateId"];
            locale: components["schemas"]["Locale"];
        };
        /** @enum {string} */
        TemplateId: "meeting-notes" | "reading-notes";
        Tenant: {
            created_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            name: string;
            version: components["schemas"]["Version"];
        };
        TenantMembership: {
            name: string;
            role: components["schemas"]["Role"];
            tenant_id: components["schemas"]["Uuid"];
        };
        /** @description W3C TextQuoteSelector: the words themselves, so that a passage is found again in another edition */
        TextQuote: {
            exact: string;
            /** @default  */
            prefix?: string;
            /** @default  */
            suffix?: string;
        };
        ThreadComment: {
            /** @description null: an account that is gone */
            author: components["schemas"]["Person"] | null;
            /** @description Markdown source */
            body: string;
            created_at: components["schemas"]["Timestamp"];
            edited_at: components["schemas"]["Timestamp"] | null;
            id: components["schemas"]["Uuid"];
            mentions: components["schemas"]["Person"][];
            thread_id: components["schemas"]["Uuid"];
            version: components["schemas"]["Version"];
        };
        ThreadSummary: {
            last_reply_at: components["schemas"]["Timestamp"];
            people: components["schemas"]["Person"][];
            reply_count: number;
        };
        /** Format: date-time */
        Timestamp: string;
        /** @description IANA name, e.g. Asia/Shanghai */
        TimeZone: string;
        Topic: string;
        UnreadSummary: {
            mentions: number;
            /** @description Unread messages, each room counted to 100 */
            messages: number;
            /** @description Rooms with something unread */
            rooms: number;
        };
        Upload: {
            expires_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            transfer: components["schemas"]["SignedUrl"];
        };
        UploadedMedia: {
            id: components["schemas"]["Uuid"];
            image: components["schemas"]["BoardImage"];
        };
        /** Format: uuid */
        Uuid: string;
        /** @description Grows by one with every change */
        Version: number;
        /**
         * @description `restore`: before a version was restored; `merge`: before a client merged what it had written offline
         * @enum {string}
         */
        VersionKind: "named" | "automatic" | "restore" | "merge";
        VersionName: string;
        /**
         * @description `workspace`: everybody in the book's workspace reads it
         * @enum {string}
         */
        Visibility: "private" | "workspace";
        Workspace: {
            archived: boolean;
            created_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["Uuid"];
            member_count: number;
            name: string;
            version: components["schemas"]["Version"];
        };
        /**
         * @description What members of the workspace may do where they see it; guests read
         * @enum {string}
         */
        WorkspaceAccess: "read" | "comment" | "write";
    };
    responses: {
        /** @description The request does not fit the contract */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was changed in the meantime; `details.current` is what is stored now */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The role does not allow it */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was there and is not any more */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The disk is full; nothing was changed */
        InsufficientStorage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not exist, or not for the caller */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A problem. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Larger than allowed */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Rate limit reached */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No valid access token */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A part of the server is not available; nothing was changed */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Understood, but a rule refuses it */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        boardId: components["schemas"]["Hash"];
        bookId: components["schemas"]["Uuid"];
        /** @description `next_cursor` of the page before. Opaque. */
        cursor: string;
        /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
        idempotencyKey: string;
        limit: number;
        postId: components["schemas"]["Hash"];
        /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
        workspaceId: components["schemas"]["Uuid"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export interface operations {
    getJsonWebKeySet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            alg: string;
                            e: string;
                            kid: string;
                            kty: string;
                            n: string;
                            use: string;
                        }[];
                    };
                };
            };
            500: components["responses"]["Problem"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    display_name?: components["schemas"]["Name"];
                    locale?: components["schemas"]["Locale"];
                    time_zone?: components["schemas"]["TimeZone"];
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    getAuthorKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    exportAuthorKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The author id and the secret keys, the one in force last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportedAuthorKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    rotateAuthorKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    listIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Identity"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Problem"];
        };
    };
    unlinkIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                identity_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeviceSession"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Problem"];
        };
    };
    revokeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    listAnnotationChanges: {
        parameters: {
            query?: {
                /** @description `next_after` of the time before; none = everything */
                after?: string;
                book_id?: components["schemas"]["Uuid"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        highlights: components["schemas"]["Highlight"][];
                        more: boolean;
                        next_after: string;
                        notes: components["schemas"]["Note"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    exportAnnotations: {
        parameters: {
            query: {
                book_id?: components["schemas"]["Uuid"];
                format: "markdown" | "jsonld";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/ld+json": string;
                    "text/markdown": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    requestEmailCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: components["schemas"]["Email"];
                    locale?: components["schemas"]["Locale"];
                };
            };
        };
        responses: {
            /** @description Sent if the address may sign in */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        challenge_id: components["schemas"]["Uuid"];
                        expires_at: components["schemas"]["Timestamp"];
                        resend_after_seconds: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
        };
    };
    verifyEmailCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge_id: components["schemas"]["Uuid"];
                    code: string;
                    device_name?: components["schemas"]["DeviceName"];
                    /**
                     * @description For clients without cookies: put the refresh token into the reply
                     * @default false
                     */
                    return_refresh_token?: boolean;
                    tenant_id?: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    redeemSignInLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device_name?: components["schemas"]["DeviceName"];
                    /**
                     * @description For clients without cookies: put the refresh token into the reply
                     * @default false
                     */
                    return_refresh_token?: boolean;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    finishProviderSignIn: {
        parameters: {
            query?: {
                code?: string;
                error?: string;
                error_description?: string;
                iss?: string;
                state?: string;
            };
            header?: never;
            path: {
                provider: components["schemas"]["ProviderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Into the app, signed in, or to /sign-in?error=<code> */
            302: {
                headers: {
                    location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    startProviderSignIn: {
        parameters: {
            query?: {
                /** @description Attach the provider to the signed-in account instead of signing in */
                link?: boolean;
                /** @description Path in the app to open afterwards. Visible ASCII without backslash; browsers read a tab or a backslash as part of `//` */
                return_to?: string;
            };
            header?: never;
            path: {
                provider: components["schemas"]["ProviderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider */
            302: {
                headers: {
                    location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    refresh_token?: string;
                    tenant_id?: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description Refreshed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    refresh_token?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    getAuthor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                author_id: components["schemas"]["Hash"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    listAuthorPosts: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                author_id: components["schemas"]["Hash"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createBoardMedia: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Bytes */
                    size: number;
                };
            };
        };
        responses: {
            /** @description Reserved: PUT the bytes, then complete */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaUpload"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    completeBoardMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedMedia"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listBoards: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Board"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    createBoard: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    access?: components["schemas"]["BoardAccess"];
                    reach?: components["schemas"]["BoardReach"];
                    title: components["schemas"]["Name"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Board"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    getBoard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    updateBoard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null: what is set for the node */
                    policy?: components["schemas"]["ContentPolicy"] | null;
                    reach?: components["schemas"]["BoardReach"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    updateComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                comment_id: components["schemas"]["Hash"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentText"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    listModeration: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ModerationEntry"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    moderateBoard: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                board_id: components["parameters"]["boardId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action: components["schemas"]["ModerationAction"];
                    /** @description The author */
                    author_id?: components["schemas"]["Hash"];
                    reason?: string;
                    role?: components["schemas"]["BoardRole"];
                    /** @description The post or comment */
                    target_id?: components["schemas"]["Hash"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModerationEntry"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    listPosts: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                sort?: "newest" | "active";
            };
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createPost: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                board_id: components["parameters"]["boardId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPost"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    getPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    deletePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    updatePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPost"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    listComments: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Comment"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    fetchPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContentState"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    keepPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    releasePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                board_id: components["parameters"]["boardId"];
                post_id: components["parameters"]["postId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    listBooks: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                format?: components["schemas"]["BookFormat"][];
                language?: components["schemas"]["LanguageTag"];
                limit?: components["parameters"]["limit"];
                /** @description Jump: instead of `cursor`, for a scrollbar over the whole list */
                offset?: number;
                /** @description In title and authors, every word by prefix */
                query?: string;
                /** @description On this shelf or one below it */
                shelf_id?: components["schemas"]["Uuid"];
                /** @description Titles and authors in Unicode order with Chinese by pinyin */
                sort?: "recently_read" | "recently_added" | "title" | "author" | "progress";
                state?: components["schemas"]["BookState"][];
                status?: components["schemas"]["ReadingStatus"];
                tag?: components["schemas"]["Tag"];
                trashed?: boolean;
                /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
                workspace_id?: components["parameters"]["workspaceId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Book"][];
                        next_cursor: string | null;
                        total: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    createBook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: components["schemas"]["Uuid"];
                    shelf_ids?: components["schemas"]["Uuid"][];
                    upload_id: components["schemas"]["Uuid"];
                    workspace_id?: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description It is here already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            /** @description Accepted; analysis goes on in the background */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    getBook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    deleteBook: {
        parameters: {
            query?: {
                permanently?: boolean;
            };
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    updateBook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    authors?: string[];
                    description?: string | null;
                    language?: components["schemas"]["LanguageTag"] | null;
                    published?: string | null;
                    publisher?: string | null;
                    series?: string | null;
                    series_index?: number | null;
                    subtitle?: string | null;
                    tags?: components["schemas"]["Tag"][];
                    title?: string;
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listBookmarks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Bookmark"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createBookmark: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    excerpt?: string;
                    id: components["schemas"]["Uuid"];
                    label?: string;
                    locator: components["schemas"]["Locator"];
                };
            };
        };
        responses: {
            /** @description It is there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bookmark"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bookmark"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    deleteBookmark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
                bookmark_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    getBookContents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookContents"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    getBookFile: {
        parameters: {
            query?: {
                download?: boolean;
                /** @description `reading`: what the reader opens (text formats are converted to EPUB) */
                edition?: "original" | "reading";
            };
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookFile"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    getPosition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositionState"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    putPosition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device_id: string;
                    device_name: string;
                    fraction: number;
                    label?: string;
                    locator: components["schemas"]["Locator"];
                    recorded_at: components["schemas"]["Timestamp"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositionState"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    replaceBookFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    upload_id: components["schemas"]["Uuid"];
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    restoreBook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    retryBook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    putReadingStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                book_id: components["parameters"]["bookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    recorded_at: components["schemas"]["Timestamp"];
                    status: components["schemas"]["ReadingStatus"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookReading"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    getCluster: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cluster"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    retryClusterConnections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the cluster as it is afterwards */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cluster"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    listClusterMembers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ClusterMember"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    listClusterPeers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ClusterPeer"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    listClusterPresence: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                peer_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ClusterPresence"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    getContentDiagnostics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContentDiagnostics"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listContentFetches: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ContentFetch"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    retryContentFetch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    content_cid: components["schemas"]["Cid"];
                };
            };
        };
        responses: {
            /** @description What came of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContentState"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    listContentSamples: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ContentSample"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listDocuments: {
        parameters: {
            query?: {
                /** @description About this book */
                book_id?: components["schemas"]["Uuid"];
                /** @description That cite a passage of this book */
                cites_book_id?: components["schemas"]["Uuid"];
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Made by the caller */
                mine?: boolean;
                /** @description In the title, every word by prefix */
                query?: string;
                /** @description By the last change, newest first; by title in Unicode order with Chinese by pinyin; by when it was made, newest first */
                sort?: "edited" | "title" | "created";
                /** @description Kept close by the caller */
                starred?: boolean;
                /** @description Only what is in the trash, and only what the caller may bring back */
                trashed?: boolean;
                /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
                workspace_id?: components["parameters"]["workspaceId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DocumentSummary"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    book_id?: components["schemas"]["Uuid"];
                    id: components["schemas"]["Uuid"];
                    /** @description They may write */
                    member_ids?: components["schemas"]["Uuid"][];
                    template?: components["schemas"]["TemplateChoice"];
                    title?: components["schemas"]["DocumentTitle"];
                    visibility?: components["schemas"]["DocumentVisibility"];
                    workspace_access?: components["schemas"]["WorkspaceAccess"];
                    workspace_id: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description It is there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description Made durably */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    deleteDocument: {
        parameters: {
            query?: {
                /** @description Only what is in the trash already: content, versions, comments and images are gone */
                permanent?: boolean;
            };
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    book_id?: components["schemas"]["Uuid"] | null;
                    title?: components["schemas"]["DocumentTitle"];
                    version: components["schemas"]["Version"];
                    visibility?: components["schemas"]["DocumentVisibility"];
                    workspace_access?: components["schemas"]["WorkspaceAccess"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    createBookFromDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["Uuid"];
                    shelf_ids?: components["schemas"]["Uuid"][];
                };
            };
        };
        responses: {
            /** @description It is there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            /** @description It is being read in */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    deleteThreadComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: components["schemas"]["Uuid"];
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    updateThreadComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: components["schemas"]["Uuid"];
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: components["schemas"]["CommentBody"];
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadComment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    getDocumentContent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentContent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportDocument: {
        parameters: {
            query: {
                format: components["schemas"]["ExportFormat"];
                /** @description This version, not the present text */
                version_id?: components["schemas"]["Uuid"];
            };
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/epub+zip": Binary;
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Binary;
                    "text/html": string;
                    "text/markdown": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDocumentFiles: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DocumentFile"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createDocumentFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filename: string;
                    /** @description What the client takes it for; the server looks for itself */
                    media_type?: string;
                    /** @description Bytes */
                    size: number;
                };
            };
        };
        responses: {
            /** @description Reserved: PUT the bytes, then complete */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentFileUpload"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    getDocumentFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                file_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentFile"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    completeDocumentFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                file_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentFile"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listDocumentMembers: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DocumentMember"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    setDocumentMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: components["schemas"]["DocumentRole"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentMember"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentMember"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    removeDocumentMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    restoreDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["Problem"];
        };
    };
    starDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    starred: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listCommentThreads: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description true: only resolved ones; false: only open ones */
                resolved?: boolean;
            };
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CommentThread"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createCommentThread: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    anchor?: components["schemas"]["CommentAnchor"];
                    body: components["schemas"]["CommentBody"];
                    id: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description It is there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentThread"];
                };
            };
            /** @description Stored durably */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentThread"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    getCommentThread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                thread_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentThread"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    updateCommentThread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                thread_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    anchor?: components["schemas"]["CommentAnchor"];
                    resolved?: boolean;
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentThread"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    listThreadComments: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                thread_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ThreadComment"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createThreadComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                document_id: components["schemas"]["Uuid"];
                thread_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: components["schemas"]["CommentBody"];
                    id: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description It is there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadComment"];
                };
            };
            /** @description Stored durably */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadComment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    listDocumentVersions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Only those with a name */
                named?: boolean;
            };
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DocumentVersion"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createDocumentVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                document_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    collisions?: components["schemas"]["Collision"][];
                    id: components["schemas"]["Uuid"];
                    name?: components["schemas"]["VersionName"];
                };
            };
        };
        responses: {
            /** @description It was kept already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentVersion"];
                };
            };
            /** @description Kept durably */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentVersion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocumentVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                version_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentVersionContent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    updateDocumentVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: components["schemas"]["Uuid"];
                version_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: components["schemas"]["VersionName"] | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentVersion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    restoreDocumentVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                document_id: components["schemas"]["Uuid"];
                version_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done durably */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoredVersion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDocumentImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    book_id?: components["schemas"]["Uuid"];
                    /** @description Ends in .md, .markdown or .docx */
                    filename: string;
                    id: components["schemas"]["Uuid"];
                    /** @description Bytes */
                    size: number;
                    visibility?: components["schemas"]["DocumentVisibility"];
                    workspace_access?: components["schemas"]["WorkspaceAccess"];
                    workspace_id: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description Reserved: PUT the bytes, then complete */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    completeDocumentImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was read already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportedDocument"];
                };
            };
            /** @description Made durably */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportedDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listDocumentMentions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DocumentMention"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    markDocumentMentionsRead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document_id?: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listDocumentTemplates: {
        parameters: {
            query: {
                locale: components["schemas"]["Locale"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DocumentTemplate"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. It stays open. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": EventStream;
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listHighlights: {
        parameters: {
            query?: {
                book_id?: components["schemas"]["Uuid"];
                color?: components["schemas"]["HighlightColor"];
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                mine?: boolean;
                query?: string;
                sort?: "newest" | "book";
                tag?: components["schemas"]["Tag"];
                /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
                workspace_id?: components["parameters"]["workspaceId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Highlight"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    createHighlight: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    book_id: components["schemas"]["Uuid"];
                    chapter?: string;
                    color: components["schemas"]["HighlightColor"];
                    /** @description When it was made, perhaps offline */
                    created_at?: components["schemas"]["Timestamp"];
                    id: components["schemas"]["Uuid"];
                    locator: components["schemas"]["Locator"];
                    note?: string;
                    quote: components["schemas"]["TextQuote"];
                    tags?: components["schemas"]["Tag"][];
                    visibility?: components["schemas"]["Visibility"];
                };
            };
        };
        responses: {
            /** @description It is there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Highlight"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Highlight"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    getHighlight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                highlight_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Highlight"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    deleteHighlight: {
        parameters: {
            query?: {
                version?: components["schemas"]["Version"];
            };
            header?: never;
            path: {
                highlight_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["Problem"];
        };
    };
    updateHighlight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                highlight_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    anchor_status?: components["schemas"]["AnchorStatus"];
                    color?: components["schemas"]["HighlightColor"];
                    locator?: components["schemas"]["Locator"];
                    note?: string | null;
                    tags?: components["schemas"]["Tag"][];
                    version: components["schemas"]["Version"];
                    visibility?: components["schemas"]["Visibility"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Highlight"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    restoreHighlight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                highlight_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Highlight"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Invitation"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Problem"];
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email?: components["schemas"]["Email"];
                    /** @default 7 */
                    expires_in_days?: number;
                    /** @default 1 */
                    max_uses?: number;
                    /** @enum {string} */
                    role: "admin" | "member" | "guest";
                    workspace_ids?: components["schemas"]["Uuid"][];
                };
            };
        };
        responses: {
            /** @description Invitation with its link, shown once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedInvitation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device_name?: components["schemas"]["DeviceName"];
                    display_name?: components["schemas"]["Name"];
                    email?: components["schemas"]["Email"];
                    locale?: components["schemas"]["Locale"];
                    refresh_token?: string;
                    /**
                     * @description For clients without cookies: put the refresh token into the reply
                     * @default false
                     */
                    return_refresh_token?: boolean;
                    time_zone?: components["schemas"]["TimeZone"];
                    token: string;
                };
            };
        };
        responses: {
            /** @description Joined and signed in to the organisation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    lookUpInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description The offer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string | null;
                        expires_at: components["schemas"]["Timestamp"];
                        invited_by: string;
                        organisation_name: string;
                        role: components["schemas"]["Role"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            410: components["responses"]["Gone"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    getLibrarySummary: {
        parameters: {
            query?: {
                /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
                workspace_id?: components["parameters"]["workspaceId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibrarySummary"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                query?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Member"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Problem"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    updateMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: components["schemas"]["Role"];
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    createMemberSignInLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        expires_at: components["schemas"]["Timestamp"];
                        url: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    listMentions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Only those after the read marker of their room */
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Mention"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listNotes: {
        parameters: {
            query?: {
                book_id?: components["schemas"]["Uuid"];
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                highlight_id?: components["schemas"]["Uuid"];
                limit?: components["parameters"]["limit"];
                mine?: boolean;
                query?: string;
                sort?: "newest" | "book";
                tag?: components["schemas"]["Tag"];
                /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
                workspace_id?: components["parameters"]["workspaceId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Note"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    createNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Markdown */
                    body: string;
                    book_id?: components["schemas"]["Uuid"];
                    created_at?: components["schemas"]["Timestamp"];
                    highlight_id?: components["schemas"]["Uuid"];
                    id: components["schemas"]["Uuid"];
                    locator?: components["schemas"]["Locator"];
                    quote?: components["schemas"]["TextQuote"];
                    tags?: components["schemas"]["Tag"][];
                    title?: string;
                    visibility?: components["schemas"]["Visibility"];
                    workspace_id?: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description It is there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    getNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                note_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    deleteNote: {
        parameters: {
            query?: {
                version?: components["schemas"]["Version"];
            };
            header?: never;
            path: {
                note_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["Problem"];
        };
    };
    updateNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                note_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body?: string;
                    tags?: components["schemas"]["Tag"][];
                    title?: string | null;
                    version: components["schemas"]["Version"];
                    visibility?: components["schemas"]["Visibility"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    restoreNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                note_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    startReading: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    book_id: components["schemas"]["Uuid"];
                    device_id: string;
                    fraction?: number;
                    id: components["schemas"]["Uuid"];
                    locator?: components["schemas"]["Locator"];
                    started_at: components["schemas"]["Timestamp"];
                    time_zone: components["schemas"]["TimeZone"];
                };
            };
        };
        responses: {
            /** @description It was begun before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingSession"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingSession"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    beatReading: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reading_session_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    active_seconds: number;
                    at: components["schemas"]["Timestamp"];
                    fraction?: number;
                    locator?: components["schemas"]["Locator"];
                    sequence: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingSession"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    endReading: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reading_session_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    at: components["schemas"]["Timestamp"];
                    fraction?: number;
                    locator?: components["schemas"]["Locator"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingSession"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    getReadingSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingSettings"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    putReadingSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadingSettings"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingSettings"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    getReadingStatistics: {
        parameters: {
            query: {
                book_id?: components["schemas"]["Uuid"];
                from: components["schemas"]["LocalDate"];
                to: components["schemas"]["LocalDate"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingStatistics"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    getRealtime: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What this server offers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Realtime"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    createDocumentTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    document_id: string;
                };
            };
        };
        responses: {
            /** @description The ticket. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentTicket"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listRooms: {
        parameters: {
            query?: {
                archived?: boolean;
                /** @description About this book */
                book_id?: components["schemas"]["Uuid"];
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                /** @description true: only joined ones; false: only ones that may be joined */
                joined?: boolean;
                limit?: components["parameters"]["limit"];
                /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
                workspace_id?: components["parameters"]["workspaceId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Room"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createRoom: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    book_id?: components["schemas"]["Uuid"];
                    id: components["schemas"]["Uuid"];
                    member_ids?: components["schemas"]["Uuid"][];
                    name: components["schemas"]["Name"];
                    parent_id?: components["schemas"]["Uuid"];
                    topic?: components["schemas"]["Topic"];
                    visibility?: components["schemas"]["RoomVisibility"];
                    workspace_id: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description It is there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    getRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    updateRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    archived?: boolean;
                    book_id?: components["schemas"]["Uuid"] | null;
                    name?: components["schemas"]["Name"];
                    posting?: components["schemas"]["Posting"];
                    topic?: components["schemas"]["Topic"] | null;
                    version: components["schemas"]["Version"];
                    visibility?: components["schemas"]["RoomVisibility"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    listRoomChanges: {
        parameters: {
            query: {
                /** @description `last_revision` of the time before */
                after: components["schemas"]["Revision"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomChanges"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    markRoomDelivered: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sequence: components["schemas"]["Sequence"];
                };
            };
        };
        responses: {
            /** @description Where the marker stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomMarkers"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    exportRoom: {
        parameters: {
            query: {
                /** @description Only messages after this sequence */
                after?: components["schemas"]["Sequence"];
                format: "markdown" | "json";
            };
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file; `x-next-after` is set when there is more: ask again with it as `after` */
            200: {
                headers: {
                    "x-next-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomExport"];
                    "text/markdown": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    joinRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    listRoomMembers: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Names that contain this */
                query?: string;
            };
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RoomMember"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    addRoomMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account_id: components["schemas"]["Uuid"];
                    role?: components["schemas"]["RoomRole"];
                };
            };
        };
        responses: {
            /** @description Is in it already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomMember"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomMember"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    removeRoomMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    updateRoomMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: components["schemas"]["RoomRole"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomMember"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    updateRoomMembership: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    notifications?: components["schemas"]["RoomNotifications"];
                    /** @description Stands at the top of the list */
                    pinned?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Messages after this sequence, the oldest of them first */
                after?: components["schemas"]["Sequence"];
                /** @description Around the first message at or after this time */
                around_date?: components["schemas"]["Timestamp"];
                /** @description Messages on both sides of this one */
                around_message?: components["schemas"]["Uuid"];
                around_sequence?: components["schemas"]["Sequence"];
                /** @description Messages before this sequence */
                before?: components["schemas"]["Sequence"];
                /** @description Around the first message that the caller has not read */
                first_unread?: boolean;
                limit?: components["parameters"]["limit"];
                /** @description The thread that began with this message; its first message is not among the replies */
                thread?: components["schemas"]["Uuid"];
            };
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    attachment_ids?: components["schemas"]["Uuid"][];
                    body?: components["schemas"]["MessageBody"];
                    citations?: components["schemas"]["NewCitation"][];
                    id: components["schemas"]["Uuid"];
                    quotes?: components["schemas"]["NewQuote"][];
                    thread_root_id?: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description It was sent already: the same message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Stored durably */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    updateMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: components["schemas"]["MessageBody"];
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    addReaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                emoji: components["schemas"]["Emoji"];
                message_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    removeReaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                emoji: components["schemas"]["Emoji"];
                message_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            500: components["responses"]["Problem"];
        };
    };
    listMessageVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: components["schemas"]["Uuid"];
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MessageVersion"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            500: components["responses"]["Problem"];
        };
    };
    markRoomRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sequence: components["schemas"]["Sequence"];
                };
            };
        };
        responses: {
            /** @description Where the marker stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomMarkers"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listRoomReceipts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Receipt"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    createAttachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filename: components["schemas"]["Filename"];
                    /** @description What the client takes it for; the server looks for itself */
                    media_type?: string;
                    room_id: components["schemas"]["Uuid"];
                    /** @description Bytes */
                    size: number;
                };
            };
        };
        responses: {
            /** @description Reserved: PUT the bytes, then complete */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentUpload"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    completeAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attachment_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    openDirectRoom: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account_id: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description It is there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            /** @description Opened */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    getUnreadSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadSummary"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    search: {
        parameters: {
            query: {
                /** @description Notes, highlights, messages and documents by this account */
                author_id?: components["schemas"]["Uuid"];
                book_id?: components["schemas"]["Uuid"];
                /** @description `next_cursor` of the page before. Opaque. */
                cursor?: components["parameters"]["cursor"];
                kinds?: components["schemas"]["SearchKind"][];
                language?: components["schemas"]["LanguageTag"];
                limit?: number;
                q: string;
                /** @description Only messages of this room */
                room_id?: components["schemas"]["Uuid"];
                shelf_id?: components["schemas"]["Uuid"];
                /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
                workspace_id?: components["parameters"]["workspaceId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Results */
            200: {
                headers: {
                    "x-search-engine"?: "postgres" | "elasticsearch";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResults"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
            500: components["responses"]["Problem"];
        };
    };
    completeSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device_name?: components["schemas"]["DeviceName"];
                    display_name: components["schemas"]["Name"];
                    email?: components["schemas"]["Email"];
                    locale: components["schemas"]["Locale"];
                    organisation_name: components["schemas"]["Name"];
                    /**
                     * @description For clients without cookies: put the refresh token into the reply
                     * @default false
                     */
                    return_refresh_token?: boolean;
                    time_zone: components["schemas"]["TimeZone"];
                    token: string;
                };
            };
        };
        responses: {
            /** @description Signed in as the owner */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Problem"];
        };
    };
    listShelves: {
        parameters: {
            query?: {
                /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
                workspace_id?: components["parameters"]["workspaceId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Shelf"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    createShelf: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: components["schemas"]["Uuid"];
                    name: components["schemas"]["Name"];
                    parent_id?: components["schemas"]["Uuid"] | null;
                    workspace_id?: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description Added */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shelf"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    deleteShelf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shelf_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    updateShelf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shelf_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Put before this sibling; null = last */
                    before_id?: components["schemas"]["Uuid"] | null;
                    name?: components["schemas"]["Name"];
                    parent_id?: components["schemas"]["Uuid"] | null;
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shelf"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    addShelfBooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shelf_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    book_ids: components["schemas"]["Uuid"][];
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    removeShelfBooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shelf_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    book_ids: components["schemas"]["Uuid"][];
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listTags: {
        parameters: {
            query?: {
                limit?: components["parameters"]["limit"];
                prefix?: string;
                /** @description Only what is in this workspace. Without it: every workspace the caller belongs to. */
                workspace_id?: components["parameters"]["workspaceId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            count: number;
                            tag: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    updateTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: components["schemas"]["Name"];
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    listTenants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TenantMembership"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: components["schemas"]["Name"];
                };
            };
        };
        responses: {
            /** @description Founded */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantMembership"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filename: string;
                    media_type?: string;
                    /** @description Bytes; limits by configuration */
                    size: number;
                };
            };
        };
        responses: {
            /** @description Reserved */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listWorkspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Workspace"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key gives the stored reply; nothing happens twice. */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: components["schemas"]["Name"];
                };
            };
        };
        responses: {
            /** @description Added */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    updateWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    archived?: boolean;
                    name?: components["schemas"]["Name"];
                    version: components["schemas"]["Version"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
        };
    };
    listWorkspaceMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Person"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Problem"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    addWorkspaceMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account_id: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    removeWorkspaceMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: components["schemas"]["Uuid"];
                workspace_id: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Problem"];
        };
    };
    getBlob: {
        parameters: {
            query: {
                content_type: string;
                download?: string;
                /** @description Unix seconds */
                expires: number;
                signature: string;
            };
            header?: {
                "if-none-match"?: string;
                "if-range"?: string;
                range?: string;
            };
            path: {
                /** @description Storage key with `~` for `/`, as the signed URL has it */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": Binary;
                };
            };
            /** @description A part of it */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": Binary;
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Range not satisfiable */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
        };
    };
    putBlob: {
        parameters: {
            query: {
                content_type: string;
                /** @description Unix seconds */
                expires: number;
                signature: string;
                size: number;
            };
            header?: never;
            path: {
                /** @description Storage key with `~` for `/`, as the signed URL has it */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": Binary;
            };
        };
        responses: {
            /** @description Stored durably */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["Problem"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                        version: string;
                    };
                };
            };
            500: components["responses"]["Problem"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: {
                authorization?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text exposition format. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every part is ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            500: components["responses"]["Problem"];
            /** @description At least one part is not; `details.parts` says which and why. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
