import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

export interface SetupForm {
  token: string | undefined
  step: 'who' | 'place'
  displayName: string
  email: string
  placeName: string
}
const EMPTY_SETUP: SetupForm = { token: undefined, step: 'who', displayName: '', email: '', placeName: '' }

export interface SignInForm {
  email: string
  /** A code is on its way. Times in milliseconds. */
  challenge: { id: string; email: string; resendAt: number; expiresAt: number } | undefined
}
const EMPTY_SIGN_IN: SignInForm = { email: '', challenge: undefined }

/** What was typed outlives a reload of this tab: on a phone, looking at the mail often causes one. */
const inThisTab = <State>() => createJSONStorage<State>(() => sessionStorage)

export const useSetupForm = create<SetupForm>()(
  persist(() => EMPTY_SETUP, { name: 'stoa.setup', storage: inThisTab() }),
)
export const useSignInForm = create<SignInForm>()(
  persist(() => EMPTY_SIGN_IN, { name: 'stoa.sign-in', storage: inThisTab() }),
)

export const forgetSetup = (): void => {
  useSetupForm.setState(EMPTY_SETUP, true)
}
export const forgetSignIn = (): void => {
  useSignInForm.setState(EMPTY_SIGN_IN, true)
}
