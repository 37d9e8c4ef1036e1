/** An account's place in a tenant, from most to least. */
export type AccessRole = 'owner' | 'admin' | 'member' | 'guest'

/** Who may call an operation: everyone without a token, or members of the tenant with one of these roles. */
export type Access =
  | { readonly public: true }
  | { readonly public: false; readonly roles: readonly AccessRole[] }

/** Method and path of an operation. */
export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  /** With `{parameters}`. */
  readonly path: string
}
