export interface MarkdownStructure {
  headings: number
  /** Bulleted and numbered items. */
  listItems: number
  links: number
  codeBlocks: number
  problems: MarkdownProblem[]
}

export interface MarkdownProblem {
  kind: 'unclosed-bold' | 'unclosed-code' | 'unclosed-code-block' | 'empty-heading' | 'empty-item' | 'empty-link'
  /** 1-based. */
  line: number
}

interface Line {
  text: string
  number: number
}

const FENCE = /^\s*(?:```|~~~)/u
const HEADING = /^\s{0,3}#{1,6}(?:\s|$)/u
const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])(?:\s|$)/u
const LINK = /\[[^\]]+\]\([^\s()]+(?:\([^\s()]*\))?[^\s()]*\)/gu

/** Counts a digest's Markdown parts and lists what a reader would see as broken marks. `#тег` is a tag, not a heading. */
export function markdownStructure(markdown: string): MarkdownStructure {
  const lines = markdown.split('\n').map((text, i) => ({text, number: i + 1}))
  const fences = lines.filter(({text}) => FENCE.test(text))
  const prose = outsideFences(lines)
  return {
    headings: prose.filter(({text}) => HEADING.test(text)).length,
    listItems: prose.filter(({text}) => ITEM.test(text)).length,
    links: prose.reduce((sum, {text}) => sum + (text.match(LINK)?.length ?? 0), 0),
    codeBlocks: Math.floor(fences.length / 2),
    problems: [...unclosedFence(fences), ...prose.flatMap(problemsOf)].toSorted((a, b) => a.line - b.line),
  }
}

function outsideFences(lines: readonly Line[]): Line[] {
  let inside = false
  return lines.filter(({text}) => {
    if (FENCE.test(text)) inside = !inside
    return !inside && !FENCE.test(text)
  })
}

function unclosedFence(fences: readonly Line[]): MarkdownProblem[] {
  return fences
    .slice(-1)
    .flatMap(({number}) => (fences.length % 2 === 1 ? [{kind: 'unclosed-code-block', line: number}] : []))
}

function problemsOf({text, number}: Line): MarkdownProblem[] {
  const withoutCode = text.replaceAll(/`[^`]*`/gu, '')
  const checks: [MarkdownProblem['kind'], boolean][] = [
    ['empty-heading', /^\s{0,3}#{1,6}\s*$/u.test(text)],
    ['empty-item', /^\s*(?:[-+•]|\d{1,3}[.)])\s*$/u.test(text)],
    ['unclosed-code', withoutCode.includes('`')],
    ['unclosed-bold', (withoutCode.match(/\*\*/gu)?.length ?? 0) % 2 === 1],
    ['empty-link', /\[\s*\]\([^)]*\)|\[[^\]]*\]\(\s*\)/u.test(withoutCode)],
  ]
  return checks.filter(([, broken]) => broken).map(([kind]) => ({kind, line: number}))
}
