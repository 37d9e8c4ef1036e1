import { notFound, Problem } from '../../platform/http/problem.ts'

export const workspaceNotFound = (): Problem => notFound('workspace')
export const lastWorkspace = (): Problem =>
  new Problem(422, 'workspace.last', 'An organisation keeps at least one workspace that is not archived.')

export const memberNotFound = (): Problem => notFound('member')
export const lastOwner = (): Problem =>
  new Problem(422, 'member.last_owner', 'An organisation keeps at least one owner. Make another one first.')
export const memberForbidden = (): Problem =>
  new Problem(403, 'member.forbidden', 'Your role does not reach that far.')

export const invitationNotFound = (): Problem => notFound('invitation')
export const invitationGone = (): Problem =>
  new Problem(
    410,
    'invitation.gone',
    'The invitation has expired, was used up or withdrawn. Ask for a new one.',
  )
export const invitationForOther = (): Problem =>
  new Problem(422, 'invitation.for_other', 'The invitation is for another e-mail address.')
export const accountExists = (): Problem =>
  new Problem(
    422,
    'account.exists',
    'There is an account with this e-mail address. Sign in first, then open the link again.',
  )
