import {outlineOf} from '../../domain/documents/digest-outline.js'

/** A bullet with all its lines, those of its sub-bullets too, and where it links to. */
export interface BulletLines {
  lines: string[]
  links: string[]
  /** What is said after its last `[пост](…)`, where a bullet ends: to the reader of the chat, not of the digest. */
  tail: string
}

/** What an answer consists of. */
export interface AnswerParts {
  /** Runs of bullets with other text between them. */
  lists: BulletLines[][]
  /** Lines that belong to no bullet and are no headings: greetings, fences, tables, farewells. */
  chatter: string[]
}

const BULLET = /^(?:[-*+•]|\d{1,3}[.)])\s+\S/u
/** A greeting whose colon is followed by the first bullet in the same line: `Вот дайджест: - Открыт мост. [пост](…)`. */
const GLUED = /^((?![-*+•]\s)[^\n[\]]{1,100}:)[ \t]+(?=[-*+•][ \t]+[^\n]*\]\()/gmu
const HEADING = /^#{1,6}\s/u

/**
 * An answer line by line. A line that is indented belongs to the bullet above it; one that is not does as long as that bullet has no
 * link: the link stands at a bullet's end, and what comes after it is said to the reader of the chat.
 */
export function partsOf(answer: string): AnswerParts {
  const parts: AnswerParts = {lists: [], chatter: []}
  let open: BulletLines | undefined
  let afterText = true
  for (const line of dedented(answer.replaceAll(GLUED, '$1\n').split(/\r?\n/u))) {
    if (line.trim() === '') continue
    if (BULLET.test(line)) {
      open = {lines: [line], links: linksOf(line), tail: tailOf(line)}
      if (afterText) parts.lists.push([open])
      else parts.lists.at(-1)?.push(open)
      afterText = false
    } else if (open && continues(open, line)) {
      open.lines.push(line)
      open.links.push(...linksOf(line))
      open.tail = tailOf(line)
    } else {
      open = undefined
      afterText = true
      if (!HEADING.test(line)) parts.chatter.push(line)
    }
  }
  return parts
}

/** Some models indent their whole list. */
function dedented(lines: readonly string[]): string[] {
  const indents = lines.filter(line => BULLET.test(line.trimStart())).map(line => line.length - line.trimStart().length)
  const indent = Math.min(...indents, Infinity)
  return lines.map(line => (/^\s*$/u.test(line.slice(0, indent)) ? line.slice(indent) : line))
}

function continues({links}: BulletLines, line: string): boolean {
  if (/^\s*(?:`{3,}|~{3,}|\||#{1,6}\s)/u.test(line)) return false
  return /^(?:\t| {2,})/u.test(line) || links.length === 0
}

const LAST_LINK = /.*\[пост[^\]]*\]\([^)]*\)/iu

function tailOf(line: string): string {
  const ended = LAST_LINK.exec(line)
  const tail = ended ? line.slice(ended[0].length) : ''
  return /\p{L}/u.test(tail) ? tail : ''
}

function linksOf(line: string): string[] {
  return outlineOf(line).links.map(({target}) => target)
}
