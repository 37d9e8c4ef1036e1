import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { manifest } from './manifest.ts'
import { pdfAssets } from './tools/pdf-assets.ts'
import { precompress } from './tools/precompress.ts'

/** What the server answers itself: never the app's page, never cached by the service worker. */
const SERVER_PATHS = [/^\/api\//, /^\/blobs\//, /^\/\.well-known\//, /^\/(healthz|readyz|metrics)$/]

export default defineConfig(({ mode }) => {
  const server = loadEnv(mode, '.', 'STOA_').STOA_SERVER ?? 'http://127.0.0.1:8000'
  const proxy = Object.fromEntries(
    ['/api', '/blobs', '/.well-known'].map((path) => [path, { target: server, ws: true }]),
  )
  return {
    plugins: [
      react(),
      pdfAssets(),
      VitePWA({
        registerType: 'prompt',
        injectRegister: false,
        manifest,
        workbox: {
          globPatterns: ['**/*.{js,mjs,css,html,woff2,svg}'],
          // Large and for PDFs alone: src/offline/pdf-parts.ts keeps them from the first PDF on.
          globIgnores: ['assets/pdfjs/**'],
          // What is opened on the first visit works offline, too.
          clientsClaim: true,
          runtimeCaching: [
            { urlPattern: /\/assets\/pdfjs\//, handler: 'CacheFirst', options: { cacheName: 'pdfjs' } },
          ],
          maximumFileSizeToCacheInBytes: 3_000_000,
          navigateFallback: '/index.html',
          navigateFallbackDenylist: SERVER_PATHS,
          cleanupOutdatedCaches: true,
        },
      }),
      precompress(),
    ],
    build: { target: 'es2023', sourcemap: false, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    server: { proxy },
    preview: { proxy },
  }
})
