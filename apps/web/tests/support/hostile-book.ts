import { buildEpub, type EpubChapter } from '@stoa/testkit/books/index'

/** The words that must still be readable in every chapter. */
export const SURVIVORS = ['The plain text stays.', 'So does the broken page.']

const MARK = 'top.PWNED=(top.PWNED||0)+1;parent.PWNED=1;window.PWNED=1'

/**
 * A book that tries to run code and to reach the network in every way we know. `away` is another origin, `home` the
 * app's own: requests there would carry the reader's session.
 */
export function hostileBook(away: string, home: string): Uint8Array<ArrayBuffer> {
  const chapter = (n: number, title: string, body: string): EpubChapter => ({
    file: `c${n}.xhtml`,
    title,
    body,
  })
  return buildEpub({
    title: 'Hostile',
    language: 'en',
    identifier: 'urn:x:hostile',
    css: `
      @import url("${away}/import.css");
      @import '${home}/api/import2.css';
      @\\69mport "${away}/import3.css";
      body { background: url(${away}/css.png), u\\72l('${away}/escaped.png'), URL( "${home}/api/me.png" ); }
      p::before { content: image-set("${away}/set.png" 1x, url(${away}/set2.png) 2x); }
      @font-face { font-family: X; src: url(${away}/font.woff2); }
      p { font-family: X; cursor: url(${away}/cursor.cur), auto; --x: url(${away}/var.png); list-style-image: var(--x); }
      li { list-style: url(/* c */ ${away}/comment.png); mask-image: -webkit-image-set("${away}/mask.png" 1x); }`,
    chapters: [
      chapter(
        1,
        'Scripts',
        `<h1>Scripts</h1><p>${SURVIVORS[0]}</p>
        <script>${MARK}</script><script src="${away}/x.js"></script><script type="module">${MARK}</script>
        <img src="x:y" onerror="${MARK}"/><svg xmlns="http://www.w3.org/2000/svg" onload="${MARK}"><script>${MARK}</script>
        <image href="${away}/svg.png" width="9" height="9"/><use href="${away}/use.svg#a"/>
        <a href="javascript:${MARK}"><text y="9">go</text></a><set attributeName="onmouseover" to="${MARK}"/>
        <animate attributeName="href" values="javascript:${MARK}"/><rect fill="url(${away}/fill.svg#a)" filter="url(${away}/f.svg#f)"/></svg>
        <iframe src="${away}/frame.html" srcdoc="&lt;script&gt;${MARK}&lt;/script&gt;"></iframe>
        <object data="${away}/object.swf" type="application/x-shockwave-flash"><param name="movie" value="${away}/m"/></object>
        <object data="data:text/html,&lt;script&gt;parent.PWNED=1&lt;/script&gt;"></object><embed src="${away}/embed"/>
        <details open="" ontoggle="${MARK}"><summary>d</summary></details><input autofocus="" onfocus="${MARK}"/>
        <form action="${away}/form" id="f"><input type="image" src="${away}/input.png"/><button formaction="javascript:${MARK}">b</button></form>
        <video src="${away}/v.mp4" poster="${away}/poster.png" autoplay=""><source src="${away}/s.mp4"/><track src="${away}/t.vtt" default=""/></video>
        <audio src="${away}/a.mp3" autoplay=""></audio><img srcset="${away}/srcset.png 1x" src="${home}/api/v1/auth/sessions"/>
        <p><img src="drawing.svg" alt=""/><object data="drawing.svg" type="image/svg+xml">no drawing</object></p>
        <table background="${away}/bg.png"><tr><td background="${away}/td.png">t</td></tr></table>
        <p style="background:url(${away}/inline.png);background-image:u\\72 l(${away}/inline2.png)">styled</p>
        <style>@import "${away}/style.css"; h1{background:url(${away}/style.png)} </style>
        <p><a id="js" href=" java&#x9;script:${MARK}">js</a> <a id="data" href="data:text/html,x">data</a>
        <a id="out" href="https://example.org/out" target="_blank" ping="${away}/ping">out</a></p>
        <math xmlns="http://www.w3.org/1998/Math/MathML" href="javascript:${MARK}"><mi xlink:href="javascript:${MARK}" xmlns:xlink="http://www.w3.org/1999/xlink">x</mi></math>`,
      ),
      {
        file: 'c2.xhtml',
        title: 'Broken',
        body: `<p>${SURVIVORS[1]}<br><script>${MARK}</script><img src=${away}/unquoted.png onerror=${MARK}><template shadowrootmode="open"><script>${MARK}</script></template></p></div>`,
      },
    ],
    resources: [
      {
        file: 'drawing.svg',
        mediaType: 'image/svg+xml',
        data: `<?xml-stylesheet type="text/xsl" href="${away}/x.xsl"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 30"><script>${MARK}</script><image xlink:href="${away}/inner.png" width="9" height="9"/><text y="20" font-size="8">drawn</text></svg>`,
      },
      { file: 'page.html', mediaType: 'text/html', data: `<script>${MARK}</script>` },
    ],
    parts: [],
  })
}
