import type {OriginResult} from '../src/domain/run-result.js'
import type {RunView, SamplePage} from '../src/domain/view-data.js'
import {Heads, IntervalBar, Loaded, useData, Verdict} from './parts.js'
import type {Route} from './route.js'
import {useSpeech} from './words.js'

/** One run: its verdict and why, scores with intervals, gates, and its digests by pages. */
export function RunPage({route, news}: {route: Route; news: number}) {
  const id = route.parts[1] ?? ''
  const view = useData<RunView>(`run/${id}`, news)
  return (
    <Loaded value={view}>
      {found => <Run view={found} page={Number(route.query.get('page') ?? 0)} news={news} />}
    </Loaded>
  )
}

function Run({view, page, news}: {view: RunView; page: number; news: number}) {
  const {language, say, time} = useSpeech()
  const {run, messages} = view
  const samples = useData<SamplePage>(`run/${run.run_id}/page/${page}`, news)
  return (
    <section>
      <h1>
        <Verdict verdict={run.assessment.verdict} /> {messages.title[language]}
      </h1>
      <p class="lead">{messages.headline[language]}</p>
      {messages.sentences.map(sentence => (
        <p key={sentence.en} class="note">
          {sentence[language]}
        </p>
      ))}
      <dl>
        <div>
          <dt>{say('judge')}</dt>
          <dd>
            {run.identity.judge.model ?? run.identity.judge.name}
            {run.identity.judge.prompt && `, ${say('prompt')} ${run.identity.judge.prompt.version}`}
          </dd>
        </div>
        <div>
          <dt>{say('finished')}</dt>
          <dd>{time(run.finished_at)}</dd>
        </div>
        <div>
          <dt>ID</dt>
          <dd>
            <code>{run.run_id}</code>
          </dd>
        </div>
      </dl>
      {Object.entries(run.assessment.by_origin).map(([origin, result]) => (
        <Scores key={origin} origin={origin} result={result} />
      ))}
      <Gates view={view} />
      <h2>{say('samples')}</h2>
      <Loaded value={samples}>{found => <Samples page={found} run_id={run.run_id} />}</Loaded>
      {view.pages > 1 && (
        <nav class="pages">
          {page > 0 && <a href={`#/run/${run.run_id}?page=${page - 1}`}>{say('newer')}</a>} {page + 1} / {view.pages}{' '}
          {page + 1 < view.pages && <a href={`#/run/${run.run_id}?page=${page + 1}`}>{say('older')}</a>}
        </nav>
      )}
    </section>
  )
}

function Scores({origin, result}: {origin: string; result: OriginResult}) {
  const {say, number, bounds} = useSpeech()
  return (
    <>
      <h2>
        {say('score')}: {say(origin)}, {result.samples}
      </h2>
      <div class="scroll">
        <table>
          <Heads
            words={['score', 'average', 'interval', '', 'unmeasured']}
            numeric={['average', 'interval', 'unmeasured']}
          />
          <tbody>
            {Object.entries(result.scores).map(([name, facts]) => {
              const mean = facts.clustered_mean ?? facts.mean
              return (
                <tr key={name}>
                  <th scope="row">{say(name)}</th>
                  <td class="number">{number(mean.estimate, 4)}</td>
                  <td class="number">{bounds(mean.low, mean.high)}</td>
                  <td>
                    <IntervalBar low={mean.low} mean={mean.estimate} high={mean.high} />
                  </td>
                  <td class="number">{mean.unmeasured}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Gates({view: {run, messages}}: {view: RunView}) {
  const {language, say, number, bounds} = useSpeech()
  if (run.assessment.gates.length === 0) return null
  return (
    <>
      <h2>{say('gates')}</h2>
      <div class="scroll">
        <table>
          <Heads words={['verdict', 'gate', 'average', 'interval', 'why']} numeric={['average', 'interval']} />
          <tbody>
            {run.assessment.gates.map((gate, index) => (
              <tr key={index}>
                <td>
                  <Verdict verdict={gate.verdict} />
                </td>
                <th scope="row">
                  {say(gate.metric)} {gate.direction === 'at_least' ? '≥' : '≤'}{' '}
                  {number(gate.pass, decimalsOf(gate.pass))}
                </th>
                <td class="number">{number(gate.interval.estimate)}</td>
                <td class="number">{bounds(gate.interval.low, gate.interval.high)}</td>
                <td>{messages.gates[index]?.[language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Samples({page, run_id}: {page: SamplePage; run_id: string}) {
  const {say, number, day} = useSpeech()
  return (
    <div class="scroll">
      <table>
        <Heads words={['date', 'channel', ...page.scores, 'beginning']} numeric={page.scores} />
        <tbody>
          {page.samples.map(sample => (
            <tr key={sample.sample_id}>
              <td class="nowrap">
                <a href={`#/run/${run_id}/${sample.index}`}>{day(sample.day)}</a>
                {sample.origin === 'synthetic' && <small>{say('synthetic')}</small>}
              </td>
              <td>{sample.channel}</td>
              {sample.scores.map((score, index) => (
                <td key={index} class={`number ${score === null ? 'none' : ''}`}>
                  {number(score, 2)}
                </td>
              ))}
              <td class="beginning">{sample.beginning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function decimalsOf(value: number): number {
  return String(value).split('.')[1]?.length ?? 0
}
