import type {RunView} from '../src/domain/run-view.js'
import {Changes} from './changes.js'
import {Gates} from './gates.js'
import {SampleList} from './list.js'
import {ONE_RUN} from './load.js'
import {AnswerCard, Facts, Loaded, useData} from './parts.js'
import type {Route} from './route.js'
import {Scores} from './scores.js'
import {useSpeech} from './words.js'

/** One run: its verdict and why, what changed, scores with intervals, gates, and its digests by pages. */
export function RunPage({route, news}: {route: Route; news: number}) {
  const id = route.parts[1] ?? ''
  const view = useData<RunView>(`run/${id}`, news)
  return <Loaded value={view}>{found => <Run view={found} route={route} news={news} />}</Loaded>
}

function Run({view, route, news}: {view: RunView; route: Route; news: number}) {
  const {language} = useSpeech()
  const {run, messages, comparison} = view
  return (
    <section>
      <h1>{messages.title[language]}</h1>
      <Answers view={view} />
      <AboutRun view={view} />
      {comparison && <Changes comparison={comparison} />}
      {Object.entries(run.assessment.by_origin).map(([origin, result]) => (
        <Scores key={origin} {...{origin, result, view}} />
      ))}
      <Gates view={view} />
      <SampleList {...{view, route, news}} />
      <Identity view={view} />
    </section>
  )
}

/** What a reader came for, before any table: is it worse, is it good enough, how sure is that. */
function Answers({view: {run, messages, comparison}}: {view: RunView}) {
  const {language, say} = useSpeech()
  return (
    <div class="answers">
      {comparison && (
        <AnswerCard verdict={comparison.result.verdict} question="isWorse" headline={comparison.headline[language]}>
          {comparison.sentences.map(sentence => (
            <p key={sentence.en}>{sentence[language]}.</p>
          ))}
        </AnswerCard>
      )}
      <AnswerCard verdict={run.assessment.verdict} question="isGood" headline={messages.headline[language]}>
        {messages.sentences.map(sentence => (
          <p key={sentence.en}>{sentence[language]}.</p>
        ))}
        {ONE_RUN !== undefined && !comparison && (
          <p class="note">
            {say('comparisonTells')}: <code>ep23 benchmark:report {run.run_id} --compare RUN</code>
          </p>
        )}
      </AnswerCard>
    </div>
  )
}

function AboutRun({view: {run, days}}: {view: RunView}) {
  const {say, day, time} = useSpeech()
  const {judge} = run.identity
  const part = run.stopped_early ? 'stopped_early' : run.dry_run ? 'dry_run' : undefined
  const facts: [name: string, value: string][] = [
    [
      'judge',
      [judge.name, judge.model, judge.prompt && `${say('prompt')} ${judge.prompt.version}`].filter(Boolean).join(', '),
    ],
    ['days', days ? (days.from === days.to ? day(days.from) : `${day(days.from)} … ${day(days.to)}`) : '—'],
    ['samples', String(run.assessment.samples.samples) + (part ? `, ${say(part)}` : '')],
    ['dataset', `${run.dataset.merkle_root.slice(0, 12)}…`],
    ['finished', time(run.finished_at)],
    ['ID', run.run_id],
  ]
  return <Facts rows={facts} />
}

/** Everything that someone who wants the same numbers again must know. */
function Identity({view: {run}}: {view: RunView}) {
  const {say} = useSpeech()
  const {identity, hardware, files, dataset} = run
  const {scenario, judge} = identity
  const rows: [name: string, value: string][] = [
    ['scenario', `${scenario.name} v${scenario.version} · ${scenario.sha256}`],
    ['judge', judge.signature],
    ['prompt', judge.prompt ? `${judge.prompt.version} · ${judge.prompt.sha256}` : '—'],
    ['dataset', `${dataset.location} · ${dataset.merkle_root}`],
    ['fingerprint', run.fingerprint],
    ['hardware', `${hardware.cpu} × ${hardware.cores} · ${hardware.platform} · Node ${hardware.node}`],
    ['ep23', run.ep23_version],
    ...files.map(({name, sha256}): [string, string] => [name, sha256]),
  ]
  return (
    <details>
      <summary>{say('howToCheck')}</summary>
      <Facts rows={rows} class="reasons" />
      <p>
        <code>ep23 benchmark:archive {run.run_id}</code> · <code>ep23 benchmark:verify {run.run_id}</code>
      </p>
    </details>
  )
}
