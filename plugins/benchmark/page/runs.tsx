import {useEffect, useState} from 'preact/hooks'

import type {RunHead, RunIndex} from '../src/domain/view-data.js'
import {Finder} from './finder.js'
import {refresh} from './load.js'
import {Loaded, Table, useData, Verdict} from './parts.js'
import {go, type Route} from './route.js'
import {useSpeech} from './words.js'

/** All runs, the newest first; the filter stands in the address. */
export function RunsPage({route, news}: {route: Route; news: number}) {
  const {say} = useSpeech()
  const index = useData<RunIndex>('runs', news)
  const filter = route.query.get('filter') ?? ''
  // The rest of a long list that is read for the first time.
  useEffect(() => {
    const timer = index?.reading ? setTimeout(refresh, 400) : undefined
    return () => clearTimeout(timer)
  }, [index])
  return (
    <section>
      <h1>{say('runs')}</h1>
      <p class="filter">
        <Finder word="filter" value={filter} onFind={value => go(`/runs?filter=${encodeURIComponent(value)}`, true)} />
      </p>
      <Loaded value={index}>{found => <RunTable index={found} filter={filter} />}</Loaded>
    </section>
  )
}

const SOON_SHOWN = 30

function RunTable({index, filter}: {index: RunIndex; filter: string}) {
  const {say, number, bounds, time, day, by} = useSpeech()
  const [shown, setShown] = useState(SOON_SHOWN)
  // The first screen is there before the rest of a long list is made.
  useEffect(() => void setTimeout(setShown, 0, Infinity), [])
  const runs = index.runs.filter(run => matches(run, filter)).slice(0, shown)
  if (index.runs.length + index.others.length + index.reading === 0) return <p class="note">{say('nothing')}</p>
  return (
    <>
      {index.reading > 0 && (
        <p class="note" aria-busy="true">
          {say('wait')} {index.reading}
        </p>
      )}
      <Table
        words={['verdict', 'score', 'samples', 'days', 'writer', 'judge', 'cost', 'finished']}
        numeric={['samples', 'cost']}
      >
        {runs.map(run => (
          <tr key={run.run_id}>
            <td>
              <a href={`#/run/${run.run_id}`}>
                <Verdict verdict={run.verdict} />
              </a>
              {run.partial && <small>{say(run.partial)}</small>}
              {index.baselines
                .filter(({run_id}) => run_id === run.run_id)
                .map(({name}) => (
                  <small key={name}>
                    {say('baseline')} {name}
                  </small>
                ))}
            </td>
            <td class="nowrap">
              {run.headline ? (
                <>
                  {say(run.headline.score)} {number(run.headline.mean.estimate)}
                  <small>{bounds(run.headline.mean.low, run.headline.mean.high)}</small>
                </>
              ) : (
                '—'
              )}
            </td>
            <td class="number">
              {run.samples}
              <small>
                {say('channels')}: {run.channels}
              </small>
            </td>
            <td class="nowrap">
              {run.first_day && run.last_day ? (
                <>
                  {day(run.first_day)}
                  <small>{day(run.last_day)}</small>
                </>
              ) : (
                '—'
              )}
            </td>
            <td>{by({...run, writer: run.writers.join(', ')})}</td>
            <td>
              {run.instrument.model ?? run.instrument.judge}
              {run.instrument.prompt && (
                <small>
                  {say('prompt')} {run.instrument.prompt}
                </small>
              )}
            </td>
            <td class="number">{run.cost === null ? say('unknown') : number(run.cost, 2)}</td>
            <td>
              {time(run.finished_at)}
              <small>
                <a href={`#/run/${run.run_id}`}>{run.run_id}</a>
              </small>
            </td>
          </tr>
        ))}
        {index.others
          .filter(({run_id}) => filter === '' || run_id.includes(filter))
          .map(({run_id, problem}) => (
            <tr key={run_id} class="other">
              <td colSpan={8}>
                {run_id}: {problem === null ? say('unfinished') : `${say('damaged')}: ${problem}`}
              </td>
            </tr>
          ))}
      </Table>
    </>
  )
}

function matches(run: RunHead, filter: string): boolean {
  const text = [run.run_id, run.title, run.verdict, run.dataset_root, ...run.writers, ...Object.values(run.instrument)]
    .join(' ')
    .toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/u)
    .every(word => text.includes(word))
}
