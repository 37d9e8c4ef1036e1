/** Web app manifest: how Stoa looks when installed. */
export const manifest = {
  id: '/',
  name: 'Stoa',
  short_name: 'Stoa',
  description: 'Read, talk and write together on machines you own.',
  start_url: '/',
  scope: '/',
  display: 'standalone' as const,
  background_color: '#FBFAF7',
  theme_color: '#F4F2EC',
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' as const },
  ],
}
