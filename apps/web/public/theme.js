// Runs before the first paint, outside the bundle, so that a dark room never flashes white. Keys: see src/data/preferences.ts.
;(() => {
  const root = document.documentElement
  let stored = {}
  try {
    stored = JSON.parse(localStorage.getItem('stoa.preferences') || '{}').state || {}
  } catch {}
  const dark =
    stored.theme === 'dark' ||
    (stored.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  const language = stored.locale || navigator.languages.find((tag) => /^(en|zh)\b/i.test(tag)) || 'en'
  root.lang = /^zh/i.test(language) ? 'zh' : 'en'
})()
