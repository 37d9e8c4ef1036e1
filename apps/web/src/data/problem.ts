/** Errors of the API, under the names the screens use: the server refused, or could not be reached. */
export { ApiError, ConnectionError as OfflineError, errorOf, type Problem } from '@stoa/sdk'
