import { ProfilePage } from './profile-screen.tsx'

/** On a wide screen the first section; on a phone the list of them. */
export default function IndexScreen() {
  return <ProfilePage index />
}
