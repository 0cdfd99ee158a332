import {useState} from 'preact/hooks'

import type {DayView, SampleView} from '../src/domain/view-data.js'
import {Digest} from './digest.js'
import {Loaded, useData} from './parts.js'
import {Claims, Findings, Reasons} from './findings.js'
import {Posts} from './posts.js'
import {go, type Route} from './route.js'
import {useSpeech} from './words.js'

/** One digest beside its posts: what both say, what only the digest says, and what it left out. */
export function SamplePage({route, news}: {route: Route; news: number}) {
  const [, id = '', index = '0'] = route.parts
  const sample = useData<SampleView>(`run/${id}/sample/${index}`, news)
  const day = useData<DayView>(sample ? `day/${sample.sample_id}` : null, news)
  return (
    <Loaded value={sample}>
      {found => <Sample key={`${id} ${index}`} sample={found} day={day ?? undefined} index={Number(index)} />}
    </Loaded>
  )
}

function Sample({sample, day, index}: {sample: SampleView; day: DayView | undefined; index: number}) {
  const {say, day: dayText} = useSpeech()
  const [bullet, setBullet] = useState<number | null>(null)
  const others = day?.digests.filter(({run_id}) => run_id !== sample.run_id) ?? []
  return (
    <section class="sample">
      <h1>
        {sample.channel}, {dayText(sample.day)}
      </h1>
      <p class="note">
        <a href={`#/run/${sample.run_id}`}>{sample.run_id}</a> · {say('writer')}: {sample.writer} · {say(sample.origin)}
        {sample.truncated > 0 && ` · ${say('truncated')}: ${sample.truncated}`}
      </p>
      <ScoreLine sample={sample} />
      {others.length > 0 && (
        <p>
          {say('others')}:{' '}
          {others.map(other => (
            <a
              key={other.run_id}
              class="chip"
              href={`#/day/${encodeURIComponent(sample.sample_id)}?a=${sample.run_id}&i=${index}&b=${other.run_id}&j=${other.index}`}
            >
              {say('compare')}: {other.writer}, {other.judge}
            </a>
          ))}
        </p>
      )}
      <div class="beside">
        <Posts sample={sample} bullet={bullet} />
        <Digest sample={sample} bullet={bullet} onBullet={setBullet} />
      </div>
      <Claims sample={sample} />
      <Findings sample={sample} />
      <Reasons sample={sample} />
    </section>
  )
}

function ScoreLine({sample}: {sample: SampleView}) {
  const {say, number} = useSpeech()
  const [first] = sample.judgements
  return (
    <ul class="scores">
      {Object.entries(first?.scores ?? {}).map(([name, score]) => (
        <li key={name}>
          {say(name)} <b>{'value' in score ? number(score.value, 2) : say('unmeasured')}</b>
        </li>
      ))}
    </ul>
  )
}

/** The neighbour of a digest in its run. */
export function stepSample({parts}: Route, by: number): void {
  const [, id, index = '0'] = parts
  go(`/run/${id}/${Math.max(0, Number(index) + by)}`)
}
