import type { Shot } from '../../../tools/shots.ts'
import { sessionReply, signedOutHandlers } from '../../testing/mock/account.ts'

const handlers = [signedOutHandlers]
const known = [{ lookUpInvitation: signedOutHandlers.lookUpInvitation! }]

export const shots: Shot[] = [
  { name: 'join-new', path: '/join#7F4K-Q2MX-walden-pond', handlers },
  { name: 'join-known', path: '/join#7F4K-Q2MX-walden-pond', handlers: known },
  {
    name: 'join-no-place',
    path: '/library',
    handlers: [
      { refreshSession: () => ({ status: 200 as const, body: { ...sessionReply(null), tenants: [] } }) },
    ],
  },
  { name: 'join-over', path: '/join#expired-Q2MX-walden-pond', handlers },
]
