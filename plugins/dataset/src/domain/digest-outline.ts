export interface OutlineLink {
  label: string
  target: string
}

export interface OutlineBullet {
  /** As a reader sees it, without links. */
  text: string
  links: OutlineLink[]
}

/** What a digest consists of, whoever wrote it. */
export interface DigestOutline {
  headings: {level: number; text: string}[]
  bullets: OutlineBullet[]
  /** Lines that are neither headings nor bullets. */
  paragraphs: string[]
  /** Links of the whole digest, in order. */
  links: OutlineLink[]
  /** All prose, one line a heading, bullet or paragraph, without links and escapes. */
  prose: string
}

const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/u
const BULLET = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(.*)$/u
const LINK =
  /(?<!\\)\[((?:\\.|[^\]\\])*)\]\(<?([^\s)>]+)>?(?:\s+"[^"]*")?\)|<(https?:\/\/[^>\s]+)>|(https?:\/\/[^\s)\]>]*[^\s)\]>.,;:!?])/gu

/** Reads the Markdown of a digest; a line that continues a bullet belongs to it. */
export function outlineOf(markdown: string): DigestOutline {
  const outline: DigestOutline = {headings: [], bullets: [], paragraphs: [], links: linksOf(markdown), prose: ''}
  let openBullet = false
  for (const line of markdown.split('\n')) {
    if (line.trim() === '') openBullet = false
    else openBullet = addLine(outline, line, openBullet)
  }
  outline.prose = [
    ...outline.headings.map(({text}) => text),
    ...outline.paragraphs,
    ...outline.bullets.map(({text}) => text),
  ].join('\n')
  return outline
}

function addLine(outline: DigestOutline, line: string, openBullet: boolean): boolean {
  const heading = HEADING.exec(line)
  const bullet = BULLET.exec(line)
  const last = outline.bullets.at(-1)
  if (heading) outline.headings.push({level: heading[1]?.length ?? 1, text: readable(heading[2] ?? '')})
  else if (bullet) outline.bullets.push({text: readable(bullet[1] ?? ''), links: linksOf(line)})
  else if (openBullet && last) continueBullet(last, line)
  else outline.paragraphs.push(readable(line))
  return heading === null && (bullet !== null || openBullet)
}

function continueBullet(bullet: OutlineBullet, line: string): void {
  bullet.text = `${bullet.text} ${readable(line)}`.trim()
  bullet.links.push(...linksOf(line))
}

function linksOf(markdown: string): OutlineLink[] {
  return [...markdown.matchAll(LINK)].map(([, label = '', target, bracketed, bare]) => ({
    label,
    target: target ?? bracketed ?? bare ?? '',
  }))
}

// Links go whole: what they are called («пост») is no part of the news.
function readable(markdown: string): string {
  return markdown
    .replaceAll(LINK, '')
    .replaceAll(/\\(?=[!-/:-@[-`{-~])/gu, '')
    .replaceAll(/\*\*|__|~~|`/gu, '')
    .replaceAll(/\s{2,}/gu, ' ')
    .trim()
}
