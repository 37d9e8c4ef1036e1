import { FixedLayout } from 'foliate-js/fixed-layout.js'
import { Paginator } from 'foliate-js/paginator.js'

/**
 * foliate-js gives its frames `allow-same-origin allow-scripts`: together they are no sandbox. It needs the origin to lay out the
 * document, but the scripts only for a fault of WebKit (bug 218086: no events from frames without them). So the flag goes
 * wherever events work without it; there the CSP and the sanitiser hold alone.
 */
const SANDBOX = 'allow-same-origin'

let listens: boolean | undefined

/** Whether a listener of ours hears events of a document whose own scripts are off. */
function hearsSilentFrames(): boolean {
  if (listens !== undefined) return listens
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', SANDBOX)
  frame.hidden = true
  document.body.append(frame)
  let heard = false
  frame.contentDocument?.addEventListener('probe', () => {
    heard = true
  })
  frame.contentDocument?.dispatchEvent(new Event('probe'))
  frame.remove()
  listens = heard
  return heard
}

/** Every frame put into `parent` loses its scripts before it gets an address. */
function hardenFrames(parent: ParentNode & Node): void {
  const append = parent.append.bind(parent)
  parent.append = (...nodes) => {
    for (const node of nodes) {
      const frames = node instanceof Element ? node.querySelectorAll('iframe') : []
      for (const frame of frames) if (hearsSilentFrames()) frame.setAttribute('sandbox', SANDBOX)
    }
    append(...nodes)
  }
}

const roots = new WeakMap<HTMLElement, ShadowRoot>()

/** Lines behind vertical text: one at each boundary of the grid; a frame line above and below the page. */
const RULES = new CSSStyleSheet()
RULES.replaceSync(`:host([rules]) #container {
  background: repeating-linear-gradient(to left, transparent 0 calc(var(--pitch) - 1px), var(--rule) calc(var(--pitch) - 1px) var(--pitch)) no-repeat;
  background-position: right var(--rule-start) center;
  background-size: calc(100% - 2 * var(--rule-start) + 1px) calc(100% - 12px);
}
:host([rules]) #top::after {
  content: "";
  grid-area: 2 / 2 / 3 / 5;
  border-block: 1.5px solid var(--rule-edge);
  pointer-events: none;
  position: relative;
}`)

/** The reflowable renderer with harmless frames. */
export class SafePaginator extends Paginator {
  #paused = false

  /** Runs inside the base constructor, before any field of this class exists. */
  override attachShadow(init: ShadowRootInit): ShadowRoot {
    const root = super.attachShadow(init)
    roots.set(this, root)
    return root
  }

  constructor() {
    super()
    hardenFrames(this.container)
    const root = roots.get(this)
    if (root) root.adoptedStyleSheets = [...root.adoptedStyleSheets, RULES]
  }

  /** The scrolling box. */
  get container(): HTMLElement {
    const container = roots.get(this)?.getElementById('container')
    if (!container) throw new Error('The paginator has no container.')
    return container
  }

  /**
   * Changes attributes without drawing. While a section loads, the renderer does not know yet which way its lines run, and
   * would leave limits of the other way on it.
   */
  quietly(change: () => void): void {
    const before = this.#paused
    this.#paused = true
    try {
      change()
    } finally {
      this.#paused = before
    }
  }

  override render(): void {
    if (!this.#paused) super.render()
  }
}

/** The fixed-layout renderer with harmless frames. */
export class SafeFixedLayout extends FixedLayout {
  override attachShadow(init: ShadowRootInit): ShadowRoot {
    const root = super.attachShadow(init)
    hardenFrames(root)
    return root
  }
}

customElements.define('stoa-paginator', SafePaginator)
customElements.define('stoa-fixed-layout', SafeFixedLayout)
