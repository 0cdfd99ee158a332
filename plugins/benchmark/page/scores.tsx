import type {OriginResult, RunRemark, ScoreFacts} from '../src/domain/run-result.js'
import type {GateResult} from '../src/domain/verdict.js'
import type {RunView} from '../src/domain/run-view.js'
import {Latency} from './latency.js'
import {IntervalBar} from './interval-bar.js'
import {Table, Verdict} from './parts.js'
import {thresholdSide} from './threshold-side.js'
import {useSpeech} from './words.js'

interface ScoresProps {
  origin: string
  result: OriginResult
  view: RunView
}

/** Scores with intervals, channels, variance and latencies of one origin. */
export function Scores({origin, result, view}: ScoresProps) {
  const {say} = useSpeech()
  if (result.samples === 0) return null
  const own = origin as keyof RunView['variance']
  const scores = Object.entries(result.scores)
  const gates = view.run.assessment.gates.filter(gate => gate.origin === origin && gate.statistic === 'mean')
  return (
    <>
      <h2>
        {say('score')}: {say(origin)}, {result.samples}
      </h2>
      <ScoreTable scores={scores} gates={gates} />
      <h3>{say('byChannel')}</h3>
      <ChannelTable {...{scores, gates}} remarks={view.run.assessment.remarks} />
      <Variance rows={view.variance[own] ?? []} />
      <Latency latency={result.latency_seconds} histogram={view.latencies[own]} />
    </>
  )
}

interface FactsProps {
  scores: readonly (readonly [name: string, facts: ScoreFacts])[]
  gates: readonly GateResult[]
}

function ScoreTable({scores, gates}: FactsProps) {
  const {say, number, bounds} = useSpeech()
  const heads = ['score', 'average', 'interval', '', 'p10', 'worst', 'measured', 'unmeasured']
  return (
    <>
      <Table words={heads} numeric={heads.filter(head => head !== 'score')}>
        {scores.map(([name, {mean: independent, clustered_mean: clustered, p10, worst, unmeasured}]) => {
          const mean = clustered ?? independent
          const gate = gates.find(({metric}) => metric === name)
          return (
            <tr key={name}>
              <th scope="row">
                {say(name)} {gate && <Verdict verdict={gate.verdict} />}
              </th>
              <td class="number">{number(mean.estimate)}</td>
              <td class="number">
                {bounds(mean.low, mean.high)}
                {clustered && (
                  <small>
                    {say('independent')} {bounds(independent.low, independent.high)}
                  </small>
                )}
              </td>
              <td>
                <IntervalBar
                  low={independent.low}
                  mean={mean.estimate}
                  high={independent.high}
                  wide={clustered}
                  pass={gate?.pass}
                  warn={gate?.warn}
                />
              </td>
              <td class="number">{number(p10.estimate)}</td>
              <td class="number">{number(worst)}</td>
              <td class="number">{mean.measured}</td>
              <td class="number">
                {mean.unmeasured}
                {Object.entries(unmeasured).map(([reason, count]) => (
                  <small key={reason}>
                    {say(reason)} {count}
                  </small>
                ))}
              </td>
            </tr>
          )
        })}
      </Table>
      <p class="note">
        {scores.some(([, facts]) => facts.clustered_mean) && say('barNote')}
        {gates.length > 0 && ` ${say('thresholdNote')}`}
      </p>
    </>
  )
}

/** Means of channels, coloured by the thresholds of their score, and only where the digests are enough to speak of. */
function ChannelTable({scores, gates, remarks}: FactsProps & {remarks: readonly RunRemark[]}) {
  const {say, number} = useSpeech()
  const channels = [...new Set(scores.flatMap(([, {by_channel}]) => Object.keys(by_channel)))].sort()
  return (
    <>
      <Table words={['channel', ...scores.map(([name]) => name)]} numeric={scores.map(([name]) => name)} class="heat">
        {channels.map(channel => (
          <tr key={channel}>
            <th scope="row">{channel}</th>
            {scores.map(([name, {by_channel}]) => {
              const cell = Object.hasOwn(by_channel, channel) ? by_channel[channel] : undefined
              const gate = gates.find(({metric}) => metric === name)
              return (
                <td key={name} class={`number ${thresholdSide(cell, gate, remarks)}`}>
                  {number(cell?.mean)}
                  {cell && (
                    <small>
                      n {cell.measured}
                      {cell.unmeasured > 0 && `, ${say('unmeasured')} ${cell.unmeasured}`}
                    </small>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </Table>
      {gates.length > 0 && <p class="note">{say('heatNote')}</p>}
    </>
  )
}

/** Where the variance of a judgement comes from, and which repeat to add; nothing without repeats. */
function Variance({rows}: {rows: NonNullable<RunView['variance'][keyof RunView['variance']]>}) {
  const {language, say} = useSpeech()
  if (rows.length === 0) return null
  return (
    <>
      <h3>{say('variance')}</h3>
      <Table words={['score', ...(rows[0]?.parts ?? []).map(({name}) => name[language]), 'whatToRepeat']}>
        {rows.map(({score, parts, plan}) => (
          <tr key={score}>
            <th scope="row">{say(score)}</th>
            {parts.map(({name, share}) => (
              <td key={name.en}>{share[language]}</td>
            ))}
            <td>{plan[language]}</td>
          </tr>
        ))}
      </Table>
    </>
  )
}
