import {useState} from 'preact/hooks'

import type {RunView} from '../src/domain/run-view.js'
import type {DayView, SamplePage, SampleView} from '../src/domain/view-data.js'
import {Digest, OtherAnswers} from './digest.js'
import {Claims, Findings} from './findings.js'
import {Judgements, Reasons} from './judgements.js'
import {ONE_RUN} from './load.js'
import {followMark} from './marks.js'
import {Loaded, NothingHere, useAll, useData} from './parts.js'
import {Posts} from './posts.js'
import {go, type Route} from './route.js'
import {useSpeech} from './words.js'

/** One digest beside its posts: what both say, what only the digest says, and what it left out. */
export function SampleDetail({route, news}: {route: Route; news: number}) {
  const [, id = '', index = '0'] = route.parts
  const sample = useData<SampleView>(`run/${id}/sample/${index}`, news)
  const day = useData<DayView>(sample ? `day/${sample.sample_id}` : null, news)
  if (sample === null && ONE_RUN === id) return <WithoutTexts id={id} index={Number(index)} />
  return (
    <Loaded value={sample}>
      {found => <Sample key={`${id} ${index}`} sample={found} day={day ?? undefined} index={Number(index)} />}
    </Loaded>
  )
}

/** A report keeps the texts of those digests that need a look, and of a very large run their lines in the list. */
function WithoutTexts({id, index}: {id: string; index: number}) {
  const {say, day, number, language} = useSpeech()
  const view = useData<RunView>(`run/${id}`, 0)
  const pages = useAll<SamplePage>(
    Array.from({length: view?.pages ?? 0}, (_, page) => `run/${id}/page/${page}`),
    0,
  )
  const sample = pages?.flatMap(page => page?.samples ?? []).find(each => each.index === index)
  const listed = view?.messages.listed
  if (view && pages && !sample) return listed ? <p>{listed[language]}</p> : <NothingHere />
  return (
    <Loaded value={sample}>
      {found => (
        <section>
          <h1>
            {found.channel}, {day(found.day)}
          </h1>
          <ul class="scores">
            {pages?.[0]?.scores.map((name, i) => (
              <li key={name}>
                {say(name)} <b>{number(found.scores[i], 2)}</b>
              </li>
            ))}
          </ul>
          <p>
            {say('withoutTexts')}:{' '}
            <code>
              ep23 benchmark:show {id} --sample {found.sample_id}
            </code>
          </p>
        </section>
      )}
    </Loaded>
  )
}

function Sample({sample, day, index}: {sample: SampleView; day: DayView | undefined; index: number}) {
  const {say, day: dayText, by} = useSpeech()
  const [bullet, setBullet] = useState<number | null>(null)
  const others = day?.digests.filter(({run_id}) => run_id !== sample.run_id) ?? []
  return (
    <section class="sample">
      <h1>
        {sample.channel}, {dayText(sample.day)}
      </h1>
      <p class="note">
        <a href={`#/run/${sample.run_id}`}>{sample.run_id}</a> · {say('writer')}: {by(sample)} · {say(sample.origin)}
        {sample.truncated > 0 && ` · ${say('truncated')}: ${sample.truncated}`}
      </p>
      <Judgements sample={sample} />
      {others.length > 0 && (
        <p>
          {say('others')}:{' '}
          {others.map(other => (
            <a
              key={other.run_id}
              class="chip"
              href={`#/day/${encodeURIComponent(sample.sample_id)}?a=${sample.run_id}&i=${index}&b=${other.run_id}&j=${other.index}`}
            >
              {say('compare')}: {by(other)}, {other.judge}, {other.run_id}
            </a>
          ))}
        </p>
      )}
      <div class="beside" onClick={followMark}>
        <Posts sample={sample} bullet={bullet} />
        <Digest sample={sample} bullet={bullet} onBullet={setBullet} />
      </div>
      <OtherAnswers sample={sample} />
      <Claims sample={sample} />
      <Findings sample={sample} />
      <Reasons sample={sample} />
    </section>
  )
}

/** The neighbour of a digest in its run. */
export function stepSample({parts}: Route, by: number): void {
  const [, id, index = '0'] = parts
  go(`/run/${id}/${Math.max(0, Number(index) + by)}`)
}
