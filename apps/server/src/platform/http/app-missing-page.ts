/** Shown in the place of the web app when it has not been built, in both languages at once: there is no app to ask. */
export const appMissingPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Stoa</title>
<style>
:root { color-scheme: light dark }
body { font: 17px/1.6 Georgia, "Noto Serif SC", serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem }
h1 { font-weight: 500; font-size: 1.6rem }
code { font: 0.9em ui-monospace, monospace; background: rgb(128 128 128 / 15%); padding: 0.1em 0.35em; border-radius: 4px }
p[lang] { margin: 1.2rem 0 }
</style>
</head>
<body>
<h1>Stoa</h1>
<p lang="en">The server is running, but its web app has not been built yet. Run <code>npm start</code>, which builds it, and
this page will open the app by itself.</p>
<p lang="zh-Hans">服务器已启动，但网页应用尚未构建。运行 <code>npm start</code> 即可构建，完成后本页会自动打开应用。</p>
</body>
</html>
`
