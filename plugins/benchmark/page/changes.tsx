import type {MetricComparison} from '../src/domain/comparison.js'
import type {ComparisonView} from '../src/domain/run-view.js'
import {IntervalBar} from './interval-bar.js'
import {Table, Verdict} from './parts.js'
import {useSpeech} from './words.js'

/** What changed against another run or a baseline, by score and by channel. */
export function Changes({comparison: {result, remarks, causes}}: {comparison: ComparisonView}) {
  const {language, say} = useSpeech()
  const {before, pairing} = result
  return (
    <section id="comparison">
      <h2>{say('whatChanged')}</h2>
      <p class="note">
        {say('before')}: {before.name}
        {before.name !== before.run_id && `, ${before.run_id}`}
        {before.days && `, ${before.days.from} … ${before.days.to}`} · {say('pairs')}: {say(pairing)}
      </p>
      {Object.entries(result.by_origin).map(([origin, {aligned, metrics}]) => (
        <div key={origin}>
          <h3>
            {say(origin)}, {say('pairs')}: {aligned}
          </h3>
          <MetricTable
            metrics={metrics}
            isByChannel={result.decided_by === 'channel'}
            causes={(causes[origin as keyof typeof causes] ?? []).map(cause => cause[language])}
          />
          <ChannelChanges metrics={metrics} />
        </div>
      ))}
      {remarks.map(remark => (
        <p key={remark.en} class="note">
          {remark[language]}
        </p>
      ))}
    </section>
  )
}

interface MetricTableProps {
  metrics: readonly MetricComparison[]
  isByChannel: boolean
  causes: readonly string[]
}

function MetricTable({metrics, isByChannel, causes}: MetricTableProps) {
  return (
    <Table
      words={['verdict', 'score', 'difference', 'interval', '', 'beforeAfter', 'why']}
      numeric={['difference', 'interval', 'beforeAfter']}
    >
      {metrics.map((metric, index) => (
        <MetricRow key={metric.metric} change={metric} isByChannel={isByChannel} why={causes[index] ?? ''} />
      ))}
    </Table>
  )
}

interface MetricRowProps {
  change: MetricComparison
  isByChannel: boolean
  why: string
}

function MetricRow({change, isByChannel, why}: MetricRowProps) {
  const {say, number, bounds, signed} = useSpeech()
  const {metric, difference, clustered_difference: clustered, flips, dropped, verdict} = change
  const deciding = (isByChannel ? clustered : null) ?? difference
  const test = isByChannel ? change.channel_test : change.test
  const ends = [difference, clustered].flatMap(facts => [facts?.low ?? 0, facts?.high ?? 0])
  const reach = Math.max(0.01, ...ends.map(Math.abs)) * 1.1
  return (
    <tr>
      <td>
        <Verdict verdict={verdict} />
      </td>
      <th scope="row">{say(metric)}</th>
      <td class="number">{signed(difference.estimate)}</td>
      <td class="number">
        {bounds(deciding.low, deciding.high)}
        {test && <small>p {test.p_holm < 0.001 ? `< ${number(0.001)}` : number(test.p_holm)}</small>}
      </td>
      <td>
        <IntervalBar
          low={difference.low}
          mean={difference.estimate}
          high={difference.high}
          wide={clustered}
          pass={0}
          range={[-reach, reach]}
        />
      </td>
      <td class="number">
        {number(change.mean_before)} → {number(change.mean_after)}
        {dropped > 0 && (
          <small>
            {say('dropped')} {dropped}
          </small>
        )}
      </td>
      <td class="why">
        {why}
        {flips && flips.worsened.length + flips.improved.length > 0 && (
          <small>
            {say('noLongerPass')} {flips.worsened.length}, {say('passNow')} {flips.improved.length}
          </small>
        )}
      </td>
    </tr>
  )
}

/** Where it changed: differences of the means, channel by channel. Nothing tests them, so that they have a sign and no verdict. */
function ChannelChanges({metrics}: {metrics: readonly MetricComparison[]}) {
  const {say, signed} = useSpeech()
  const channels = [...new Set(metrics.flatMap(({by_channel}) => Object.keys(by_channel)))].sort()
  if (channels.length < 2) return null
  const names = metrics.map(({metric}) => metric)
  return (
    <>
      <h3>{say('differenceByChannel')}</h3>
      <Table words={['channel', ...names]} numeric={names}>
        {channels.map(channel => (
          <tr key={channel}>
            <th scope="row">{channel}</th>
            {metrics.map(({metric, by_channel}) => {
              const cell = Object.hasOwn(by_channel, channel) ? by_channel[channel] : undefined
              return (
                <td key={metric} class="number">
                  {signed(cell?.difference)}
                  {cell && <small>n {cell.pairs}</small>}
                </td>
              )
            })}
          </tr>
        ))}
      </Table>
    </>
  )
}
