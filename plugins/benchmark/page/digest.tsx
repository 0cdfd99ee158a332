import type {SampleView, ViewBullet} from '../src/domain/view-data.js'
import {Markdown, type MarkdownProps} from './markdown.js'
import {followMark, type Mark, MarkedText} from './marks.js'
import {useSpeech} from './words.js'

interface DigestProps {
  sample: SampleView
  /** Index of the chosen bullet. */
  bullet: number | null
  onBullet: (bullet: number | null) => void
}

/** The digest as its readers see it, headings, lists and links, with what it shares with the posts and what it invents marked. */
export function Digest({sample, bullet, onBullet}: DigestProps) {
  const {say} = useSpeech()
  const marks: Mark[] = [
    ...sharedMarks(sample.fragments),
    ...sample.facts.map(({place, supported}): Mark =>
      supported ? {place, class: ''} : {place, class: 'unsupported', title: say('unsupported')},
    ),
    ...sample.judgements.flatMap(({claims}) =>
      (claims?.statements ?? []).map(({place, verdict}): Mark => ({
        place,
        class: `claim ${verdict}`,
        title: say(verdict),
      })),
    ),
  ]
  return (
    <div class="digest">
      <h2>{say('digest')}</h2>
      <div class="card text">
        {blocksOf(sample).map(block =>
          'bullets' in block ? (
            <ul key={block.from}>
              {block.bullets.map(index => (
                <Bullet key={index} {...{sample, index, marks, onBullet}} chosen={bullet === index} />
              ))}
            </ul>
          ) : (
            <Prose key={block.from} text={sample.summary} {...block} marks={marks} hasCards={sample.posts !== null} />
          ),
        )}
      </div>
    </div>
  )
}

/** What a digest shares with the posts, marked in the digest. */
function sharedMarks(fragments: SampleView['fragments']): Mark[] {
  return fragments.map(([start, end, to]) => ({place: [start, end], class: 'shared', to}))
}

/** Further answers to the same posts that were written for the run. */
export function OtherAnswers({sample}: {sample: SampleView}) {
  const {say} = useSpeech()
  if (sample.others.length === 0) return null
  return (
    <div onClick={followMark}>
      <h2>{say('otherAnswers')}</h2>
      {sample.others.map(({writer, summary, fragments}, index) => (
        <article key={index} class="card text">
          <header>
            {index + 2}. {writer}
          </header>
          <MarkedText text={summary} marks={sharedMarks(fragments)} />
        </article>
      ))}
    </div>
  )
}

interface BulletProps extends Pick<DigestProps, 'sample' | 'onBullet'> {
  index: number
  marks: readonly Mark[]
  chosen: boolean
}

const ITEM_MARK = /^\s*(?:[-*+•]|(?<number>\d{1,3})[.)])\s+/u

function Bullet({sample, index, marks, chosen, onBullet}: BulletProps) {
  const {say} = useSpeech()
  const {place, post} = sample.bullets[index] as ViewBullet
  const [mark = '', number] = ITEM_MARK.exec(sample.summary.slice(...place)) ?? []
  const problem = post === null ? say('foreignLink') : undefined
  const choose = () => onBullet(index)
  return (
    <li
      tabIndex={0}
      class={`bullet ${chosen ? 'chosen' : ''} ${problem ? 'foreign' : ''} ${number ? 'numbered' : ''}`}
      aria-current={chosen}
      onMouseEnter={choose}
      onFocus={choose}
      onKeyDown={stepBullet}
    >
      {number && `${number}. `}
      <Markdown
        text={sample.summary}
        from={place[0] + mark.length}
        to={place[1]}
        {...{marks, hasCards: sample.posts !== null}}
      />
      {problem && <em> ({problem})</em>}
    </li>
  )
}

/** Up and down go from bullet to bullet. */
function stepBullet(event: KeyboardEvent): void {
  const by = {ArrowDown: 1, ArrowUp: -1}[event.code]
  if (by === undefined) return
  const all = [...document.querySelectorAll<HTMLElement>('.bullet')]
  const next = all[all.indexOf(event.currentTarget as HTMLElement) + by]
  if (!next) return
  event.preventDefault()
  next.focus()
}

const HEADING = /^(?<mark>#{1,6}\s+)(?<title>.*)$/u

/** Lines between bullets: a heading is one, the others stay together. */
function Prose({text, from, to, marks, hasCards}: MarkdownProps) {
  let at = from
  return (
    <>
      {text
        .slice(from, to)
        .split('\n')
        .map(line => {
          const start = at
          at += line.length + 1
          if (line.trim() === '') return null
          const mark = HEADING.exec(line)?.groups?.['mark']
          const content = (
            <Markdown {...{text, marks, hasCards}} from={start + (mark?.length ?? 0)} to={start + line.length} />
          )
          return mark === undefined ? <p key={start}>{content}</p> : <h3 key={start}>{content}</h3>
        })}
    </>
  )
}

type Block = {from: number; to: number} | {from: number; bullets: number[]}

/** The summary cut at its bullets; those with nothing but blanks between them are one list. */
function blocksOf({summary, bullets}: SampleView): Block[] {
  const blocks: Block[] = []
  let at = 0
  for (const [
    index,
    {
      place: [from, to],
    },
  ] of bullets.entries()) {
    if (summary.slice(at, from).trim() !== '') blocks.push({from: at, to: from})
    const last = blocks.at(-1)
    if (last && 'bullets' in last) last.bullets.push(index)
    else blocks.push({from, bullets: [index]})
    at = to
  }
  if (summary.slice(at).trim() !== '') blocks.push({from: at, to: summary.length})
  return blocks
}
