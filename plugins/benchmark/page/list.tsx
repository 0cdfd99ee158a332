import type {RunView} from '../src/domain/run-view.js'
import type {SamplePage, SampleSummary} from '../src/domain/view-data.js'
import {Finder} from './finder.js'
import {Loaded, Table, useAll} from './parts.js'
import {go, type Route} from './route.js'
import {useSpeech} from './words.js'

interface ListProps {
  view: RunView
  route: Route
  news: number
}

type Order = 'inOrder' | 'lowest' | 'changed'

interface Choice {
  find: string
  channel: string
  order: Order
  page: number
}

/** The digests of a run by pages; what is looked for and in which order stands in the address. */
export function SampleList({view, route, news}: ListProps) {
  const {say, language} = useSpeech()
  const id = view.run.run_id
  const choice = choiceOf(view, route)
  const isWhole = choice.find === '' && choice.channel === '' && choice.order === 'inOrder'
  const wanted = isWhole ? [choice.page] : Array.from({length: view.pages}, (_, page) => page)
  const pages = useAll<SamplePage>(
    wanted.map(page => `run/${id}/page/${page}`),
    news,
  )
  return (
    <>
      <h2>{say('samples')}</h2>
      {view.messages.listed && <p class="note">{view.messages.listed[language]}</p>}
      <Controls view={view} choice={choice} />
      <Loaded value={pages && (pages.includes(undefined) ? null : pages)}>
        {found => {
          const samples = chosen(
            found.flatMap(page => page?.samples ?? []),
            choice,
          )
          return (
            <>
              <Samples samples={samples} scores={found[0]?.scores ?? []} run_id={id} />
              {isWhole && <Pages view={view} page={choice.page} />}
            </>
          )
        }}
      </Loaded>
    </>
  )
}

function choiceOf({comparison}: RunView, {query}: Route): Choice {
  const order = query.get('order') ?? (comparison ? 'changed' : 'inOrder')
  return {
    find: query.get('find') ?? '',
    channel: query.get('channel') ?? '',
    order: order as Order,
    page: Number(query.get('page') ?? 0),
  }
}

function placeOf({run}: RunView, choice: Partial<Choice>): string {
  const query = new URLSearchParams(Object.entries(choice).map(([name, value]) => [name, String(value)]))
  return `/run/${run.run_id}?${query.toString()}`
}

function Controls({view, choice}: {view: RunView; choice: Choice}) {
  const {say} = useSpeech()
  const {find, channel, order} = choice
  const change = (changed: Partial<Choice>) => go(placeOf(view, {find, channel, order, ...changed}), true)
  const orders: Order[] = ['inOrder', 'lowest', ...(view.comparison ? (['changed'] as const) : [])]
  return (
    <p class="filter">
      <Finder word="findSample" value={find} onFind={value => change({find: value})} />
      <select
        aria-label={say('channel')}
        value={channel}
        onChange={event => change({channel: event.currentTarget.value})}
      >
        <option value="">{say('allChannels')}</option>
        {Object.keys(view.run.dataset.by_channel)
          .sort()
          .map(each => (
            <option key={each}>{each}</option>
          ))}
      </select>
      <select
        aria-label={say('order')}
        value={order}
        onChange={event => change({order: event.currentTarget.value as Order})}
      >
        {orders.map(each => (
          <option key={each} value={each}>
            {say(each)}
          </option>
        ))}
      </select>
    </p>
  )
}

function chosen(samples: readonly SampleSummary[], {find, channel, order}: Choice): readonly SampleSummary[] {
  const text = find.toLowerCase()
  const kept = samples.filter(
    sample =>
      (channel === '' || sample.channel === channel) &&
      `${sample.sample_id} ${sample.beginning}`.toLowerCase().includes(text),
  )
  if (order === 'lowest') kept.sort((a, b) => average(a) - average(b))
  if (order === 'changed') kept.sort((a, b) => changeOf(b) - changeOf(a))
  return kept
}

// What was not measured at all stands first among the lowest.
function average({scores}: SampleSummary): number {
  const known = scores.filter(score => score !== null)
  return known.length === 0 ? -1 : known.reduce((sum, score) => sum + score, 0) / known.length
}

function changeOf({scores, before}: SampleSummary): number {
  return Math.max(-1, ...scores.map((score, i) => Math.abs((score ?? 0) - (before?.[i] ?? score ?? 0))))
}

interface SamplesProps {
  samples: readonly SampleSummary[]
  scores: readonly string[]
  run_id: string
}

function Samples({samples, scores, run_id}: SamplesProps) {
  const {say, number, day} = useSpeech()
  if (samples.length === 0) return <p class="note">{say('nothingFound')}</p>
  const hasLatency = samples.some(({latency}) => latency !== null)
  const numeric = [...scores, ...(hasLatency ? ['latency'] : [])]
  return (
    <Table words={['date', 'channel', ...numeric, 'beginning']} numeric={numeric}>
      {samples.map(sample => (
        <tr key={sample.index}>
          <td class="nowrap">
            <a href={`#/run/${run_id}/${sample.index}`}>{day(sample.day)}</a>
            {sample.origin === 'synthetic' && <small>{say('synthetic')}</small>}
          </td>
          <td>{sample.channel}</td>
          {sample.scores.map((score, index) => (
            <ScoreCell key={index} score={score} before={sample.before?.[index]} />
          ))}
          {hasLatency && <td class="number">{number(sample.latency, 2)}</td>}
          <td class="beginning">{sample.beginning}</td>
        </tr>
      ))}
    </Table>
  )
}

function ScoreCell({score, before}: {score: number | null; before: number | null | undefined}) {
  const {number, signed} = useSpeech()
  return (
    <td class={`number ${score === null ? 'none' : ''}`}>
      {number(score, 2)}
      {typeof before === 'number' && score !== null && score !== before && <small>{signed(score - before)}</small>}
    </td>
  )
}

function Pages({view, page}: {view: RunView; page: number}) {
  const {say} = useSpeech()
  if (view.pages === 1) return null
  return (
    <nav class="pages">
      {page > 0 && <a href={`#${placeOf(view, {page: page - 1})}`}>{say('newer')}</a>} {page + 1} / {view.pages}{' '}
      {page + 1 < view.pages && <a href={`#${placeOf(view, {page: page + 1})}`}>{say('older')}</a>}
    </nav>
  )
}
