export interface HygieneRule {
  name: string
  pattern: RegExp
  /** Files the rule is about; all of them unless said. */
  files?: RegExp
  /** Files that may say it, since they are about it. */
  except?: RegExp
}

const OWN = /^tools\/hygiene\//
const PROSE_OR_DATA = /\.(md|txt|xhtml|html|svg|json|yaml|yml|sql)$|^docs\/|fixtures\//

/** What no file of the repository may hold. */
export const HYGIENE_RULES: readonly HygieneRule[] = [
  {
    name: 'a package registry host (a checkout must install from whichever registry its user has)',
    pattern:
      /\b(registry\.[a-z0-9-]+\.[a-z]{2,}|registry\.yarnpkg|npmjs\.(com|org)|deb\.debian\.org|pypi\.org)\b/,
    except: OWN,
  },
  {
    name: 'a download address in the lock file',
    pattern: /\btarball:|resolution: \{[^}]*https?:\/\//,
    files: /^pnpm-lock\.yaml$/,
  },
  {
    name: "a path of somebody's machine",
    pattern: /(?<![\w.])\/(work|Users\/[a-z]\w*|home\/(?!stoa\b|you\b|user\b|runner\b)[a-z]\w*)\//,
    except: OWN,
  },
  {
    name: 'unfinished work',
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/,
    except: new RegExp(`${OWN.source}|^STYLE\\.md$|^pnpm-lock\\.yaml$`),
  },
  {
    name: 'a test that is switched off or runs alone',
    pattern: /\b(test|it|describe)\.(only|todo)\(|\b(xit|fit|xdescribe|fdescribe)\(/,
    files: /\.test\.tsx?$/,
    except: OWN,
  },
  {
    name: 'a left-over merge conflict',
    pattern: /^(<{7} |>{7} |\|{7} )/m,
    except: OWN,
  },
  {
    name: 'a word about how the text came to be (the project speaks of itself alone)',
    pattern: /co-authored-by:|generated (with|by) (an? )?(ai|llm)\b|\b(claude|chatgpt|copilot)\b/i,
    except: OWN,
  },
  {
    name: 'console.log in a program (use the logger)',
    pattern: /\bconsole\.(log|debug)\(/,
    files: /^apps\/server\/src\/|^packages\/[^/]+\/src\//,
    except: new RegExp(`\\.test\\.tsx?$|testing|${PROSE_OR_DATA.source}`),
  },
]

/** Lines of `text` that break a rule, as `path:line rule`. */
export function hygieneFaults(path: string, text: string, rules = HYGIENE_RULES): readonly string[] {
  return rules.flatMap(({ name, pattern, files, except }) => {
    if ((files && !files.test(path)) || except?.test(path)) return []
    const match = pattern.exec(text)
    if (!match) return []
    const line = text.slice(0, match.index).split('\n').length
    return [`${path}:${line} holds ${name}`]
  })
}
