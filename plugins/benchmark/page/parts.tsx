import type {ComponentChildren} from 'preact'
import {useEffect, useState} from 'preact/hooks'

import {load, ONE_RUN} from './load.js'
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

/** The data of several keys, in their order; undefined while they come. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function useAll<T>(keys: readonly string[], news: number): readonly (T | undefined)[] | undefined {
  const joined = keys.join('\n')
  const [found, setFound] = useState<{joined: string; values: readonly (T | undefined)[]}>()
  useEffect(() => {
    void Promise.all(keys.map(key => load<T>(key))).then(values => setFound({joined, values}))
  }, [joined, news])
  return found?.joined === joined ? found.values : undefined
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
        <a href="#/">{say(ONE_RUN === undefined ? 'allRuns' : 'theRun')}</a>
      </p>
    </section>
  )
}

/** What people read first: a question with its answer and how sure that is. */
export function AnswerCard({verdict, question, headline, children}: AnswerCardProps) {
  const {say} = useSpeech()
  return (
    <div class={`answer ${verdict}`}>
      <p class="note">
        {say(question)} <Verdict verdict={verdict} />
      </p>
      <p class="lead">{headline}</p>
      {children}
    </div>
  )
}

interface AnswerCardProps {
  verdict: string
  question: string
  headline: string
  children: ComponentChildren
}

export function Verdict({verdict}: {verdict: string}) {
  const {say} = useSpeech()
  return <span class={`verdict ${verdict}`}>{say(verdict)}</span>
}

interface TableProps {
  /** Heads of columns by their words; an empty one has none. */
  words: readonly string[]
  /** Those over numbers, which stand on the right as these do. */
  numeric?: readonly string[]
  class?: string
  children: ComponentChildren
}

/** Rows under heads, which scroll by themselves where they are too wide. */
export function Table({words, numeric = [], class: name, children}: TableProps) {
  const {say} = useSpeech()
  return (
    <div class="scroll">
      <table class={name}>
        <thead>
          <tr>
            {words.map(word => (
              <th key={word} scope="col" class={numeric.includes(word) ? 'number' : ''}>
                {word && say(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** What is known of something, named. */
export function Facts({
  rows,
  class: name,
}: {
  rows: readonly (readonly [name: string, value: string])[]
  class?: string
}) {
  const {say} = useSpeech()
  return (
    <dl class={name}>
      {rows.map(([word, value]) => (
        <div key={word}>
          <dt>{say(word)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
