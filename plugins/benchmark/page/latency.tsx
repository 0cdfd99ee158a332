import type {LatencyFacts} from '../src/domain/run-result.js'
import type {LatencyBins} from '../src/domain/run-view.js'
import {Table} from './parts.js'
import {useSpeech} from './words.js'

/** Seconds of writing: percentiles with their intervals, and how the digests spread; nothing where nobody measured them. */
export function Latency({latency, histogram}: {latency: LatencyFacts; histogram: LatencyBins | undefined}) {
  const {say, number, bounds} = useSpeech()
  return (
    <>
      <h3>{say('latency_seconds')}</h3>
      {histogram ? (
        <div class="latency">
          <Table words={['percentile', 'latency', 'interval']} numeric={['latency', 'interval']}>
            {(['p50', 'p90', 'p95', 'p99'] as const).map(name => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="number">{number(latency[name].estimate)}</td>
                <td class="number">{bounds(latency[name].low, latency[name].high)}</td>
              </tr>
            ))}
          </Table>
          <Bars {...histogram} />
        </div>
      ) : (
        <p class="note">{say('noLatency')}</p>
      )}
    </>
  )
}

function Bars({from, to, counts}: LatencyBins) {
  const {say, number} = useSpeech()
  const most = Math.max(1, ...counts)
  const step = (to - from) / counts.length
  return (
    <figure>
      <svg
        class="histogram"
        viewBox={`0 0 ${counts.length} 40`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say('latency_seconds')}
      >
        {counts.map((count, bin) => (
          <rect key={bin} x={bin + 0.1} y={40 - (count / most) * 38} width="0.8" height={(count / most) * 38}>
            <title>{`${number(from + bin * step)} … ${number(from + (bin + 1) * step)}: ${count}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption>
        <span>{number(from)}</span>
        <span>{number(to)}</span>
      </figcaption>
    </figure>
  )
}
