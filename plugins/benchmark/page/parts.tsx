import type {ComponentChildren} from 'preact'
import {useEffect, useState} from 'preact/hooks'

import type {Place} from '../src/domain/view-data.js'
import {load} from './load.js'
import {currentRoute} from './route.js'
import {useSpeech} from './words.js'

/** The data of a key: undefined while it comes, null when there is none. The caller knows what is behind its key. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function useData<T>(key: string | null, news: number): T | null | undefined {
  const [found, setFound] = useState<{key: string | null; value: T | null}>({key: null, value: null})
  useEffect(() => {
    if (key !== null) void load<T>(key).then(value => setFound({key, value: value ?? null}))
  }, [key, news])
  return found.key === key ? found.value : undefined
}

/** Shows data once they are there. */
export function Loaded<T>({value, children}: {value: T | null | undefined; children: (value: T) => ComponentChildren}) {
  const {say} = useSpeech()
  if (value === undefined)
    return (
      <p class="note" aria-busy="true">
        {say('wait')}
      </p>
    )
  if (value === null) return <NothingHere />
  return <>{children(value)}</>
}

/** Where an address leads to nothing. */
export function NothingHere() {
  const {say} = useSpeech()
  const [kind = ''] = currentRoute().parts
  return (
    <section>
      <h1>{say(kind === 'day' ? 'noDay' : kind === 'run' ? 'noRun' : 'notFound')}</h1>
      <p>
        <a href="#/runs">{say('allRuns')}</a>
      </p>
    </section>
  )
}

export function Verdict({verdict}: {verdict: string}) {
  const {say} = useSpeech()
  return <span class={`verdict ${verdict}`}>{say(verdict)}</span>
}

export interface Mark {
  place: Place
  class: string
  title?: string
}

/** Text with marks over places of it; where marks overlap, the text has the classes of all. */
export function MarkedText({
  text,
  from = 0,
  to = text.length,
  marks,
}: {
  text: string
  from?: number
  to?: number
  marks: readonly Mark[]
}) {
  const here = marks.filter(({place: [start, end]}) => start < to && end > from)
  const borders = [...new Set([from, to, ...here.flatMap(({place}) => [...place])])]
    .filter(border => border >= from && border <= to)
    .sort((a, b) => a - b)
  const pieces = borders.slice(0, -1).map((start, index) => {
    const end = borders[index + 1] ?? to
    const over = here.filter(({place}) => place[0] <= start && place[1] >= end)
    const piece = text.slice(start, end)
    if (over.length === 0) return piece
    return (
      <mark
        key={start}
        data-at={start}
        class={over.map(mark => mark.class).join(' ')}
        title={over.find(({title}) => title)?.title}
      >
        {piece}
      </mark>
    )
  })
  return <>{pieces}</>
}

/** Brings the place into sight at which a mark over a text begins. @param within selector of the text */
export function jumpTo(within: string, place: Place): void {
  document.querySelector(`${within} [data-at="${place[0]}"]`)?.scrollIntoView({block: 'center'})
}

/** A bar from 0 to 1 with an interval; what it says stands in words beside it. */
export function IntervalBar({low, mean, high}: {low: number | null; mean: number | null; high: number | null}) {
  if (mean === null) return null
  const x = (value: number) => 2 + value * 96
  return (
    <svg class="bar" viewBox="0 0 100 10" aria-hidden="true">
      <line x1="2" x2="98" y1="5" y2="5" class="axis" />
      {low !== null && high !== null && <line x1={x(low)} x2={x(high)} y1="5" y2="5" class="range" />}
      <circle cx={x(mean)} cy="5" r="2.6" class="point" />
    </svg>
  )
}

/** Heads of columns by their words; those over numbers stand over them, on the right. */
export function Heads({words, numeric}: {words: readonly string[]; numeric: readonly string[]}) {
  const {say} = useSpeech()
  return (
    <thead>
      <tr>
        {words.map(word => (
          <th key={word} scope="col" class={numeric.includes(word) ? 'number' : ''}>
            {word && say(word)}
          </th>
        ))}
      </tr>
    </thead>
  )
}
