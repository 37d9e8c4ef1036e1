import type { MailTexts } from './mail-texts.ts'

export const en: MailTexts = {
  signInCode: {
    subject: (code) => `${code} is your Stoa sign-in code`,
    heading: 'Your sign-in code',
    body: (minutes) =>
      `Type this code on the page where you are signing in. It is good for ${minutes} minutes, once.`,
    footer:
      'If you did not ask to sign in, ignore this message: without the code nobody gets in. Never pass the code on.',
  },
  invitation: {
    subject: (inviter, organisation) => `${inviter} invites you to ${organisation} on Stoa`,
    heading: (organisation) => `You are invited to ${organisation}`,
    body: (inviter, organisation) =>
      `${inviter} invites you to read, talk and write together in the organisation “${organisation}”.`,
    action: 'Accept the invitation',
    expires: (date) => `The invitation is good until ${date}.`,
    footer: 'If you do not know who sent this, ignore it: nothing happens unless you accept.',
  },
  newDevice: {
    subject: 'New sign-in to your Stoa account',
    heading: 'A new device signed in',
    body: 'Your account was just used to sign in on a device that we have not seen before.',
    action: 'Look at your sessions',
    footer:
      'If this was you, there is nothing to do. If not, end that session and sign in again: only you receive the codes.',
  },
  refreshReuse: {
    subject: 'We ended a Stoa session of yours for safety',
    heading: 'A session was ended',
    body: [
      'A key of this session was presented twice, which happens when somebody has copied it. To be safe, the session was ended on every device that used it.',
      'Nothing that you stored is lost. Sign in again to go on.',
    ],
    action: 'Look at your sessions',
    footer: 'If it happens again, check that device for malicious software and browser extensions.',
  },
  facts: { device: 'Device', address: 'Network address', time: 'Time' },
}
