import type {GateResult} from '../src/domain/verdict.js'
import type {RunView} from '../src/domain/run-view.js'
import {Table, Verdict} from './parts.js'
import {useSpeech} from './words.js'

/** What the verdict was made of. */
export function Gates({view: {run, messages}}: {view: RunView}) {
  const {language, say} = useSpeech()
  const {gates} = run.assessment
  return (
    <>
      <h2>{say('gates')}</h2>
      {gates.length === 0 ? (
        <p class="note">{say('noGates')}</p>
      ) : (
        <Table words={['verdict', 'gate', 'average', 'interval', 'why']} numeric={['average', 'interval']}>
          {gates.map((gate, index) => (
            <Row key={index} gate={gate} why={messages.gates[index]?.[language] ?? ''} />
          ))}
        </Table>
      )}
    </>
  )
}

function Row({gate, why}: {gate: GateResult; why: string}) {
  const {say, number, bounds} = useSpeech()
  const {metric, statistic, direction, pass, warn, interval, with_missing: worst, verdict} = gate
  return (
    <tr>
      <td>
        <Verdict verdict={verdict} />
      </td>
      <th scope="row">
        {say(metric)} {direction === 'at_least' ? '≥' : '≤'} {number(pass, decimalsOf(pass))}
        <small>
          {say(statistic)}; {say('warn')} {number(warn, decimalsOf(warn))}
        </small>
      </th>
      <td class="number">{number(interval.estimate)}</td>
      <td class="number">
        {/* A plain share has no interval. */}
        {interval.method !== 'exact' && bounds(interval.low, interval.high)}
        {worst && (
          <small>
            {say('withMissing')} {bounds(worst.low, worst.high)}
          </small>
        )}
      </td>
      <td class="why">{why}</td>
    </tr>
  )
}

function decimalsOf(value: number): number {
  return String(value).split('.')[1]?.length ?? 0
}
