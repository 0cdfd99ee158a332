import type {Trend, TrendSeries} from '../src/domain/view-charts.js'
import {Chart} from './chart.js'
import {Loaded, useData} from './parts.js'
import {go, type Route} from './route.js'
import {useSpeech} from './words.js'

/** A score by the day that the digests are about: a line for each instrument, broken where days are missing. */
export function TrendPage({route, news}: {route: Route; news: number}) {
  const {say} = useSpeech()
  const adjusted = route.query.has('adjusted')
  const trend = useData<Trend>('trend', news)
  return (
    <section>
      <h1>{say('trend')}</h1>
      <p class="note">
        {say('instrument')} {say('hollow')}
      </p>
      <Loaded value={trend}>
        {found => {
          const score = route.query.get('score') ?? found.scores[0] ?? ''
          const series = found.series.filter(each => each.score === score)
          return (
            <>
              <nav class="chips">
                {found.scores.map(each => (
                  <button
                    key={each}
                    type="button"
                    aria-pressed={each === score}
                    onClick={() => go(place(each, adjusted))}
                  >
                    {say(each)}
                  </button>
                ))}
                {series.some(({points}) => points.some(point => point.adjusted !== null)) && (
                  <button
                    type="button"
                    aria-pressed={adjusted}
                    title={say('adjustedNote')}
                    onClick={() => go(place(score, !adjusted))}
                  >
                    {say('adjusted')}
                  </button>
                )}
              </nav>
              {series.length === 0 ? (
                <p class="note">{say('nothing')}</p>
              ) : (
                <div class="scroll">
                  <Chart series={series} adjusted={adjusted} />
                </div>
              )}
              {series.map((each, index) => (
                <Legend key={index} series={each} index={index} />
              ))}
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

function place(score: string, adjusted: boolean): string {
  return `/trend?score=${score}${adjusted ? '&adjusted' : ''}`
}

function Legend({series, index}: {series: TrendSeries; index: number}) {
  const {say, day, days, number} = useSpeech()
  const {instrument, origin, anew, points, changes, writers, marks} = series
  const mean = points.reduce((sum, point) => sum + point.mean, 0) / points.length
  return (
    <p class={`legend s${index % 6}`}>
      <svg viewBox="0 0 20 10" aria-hidden="true">
        <line x1="0" x2="20" y1="5" y2="5" />
      </svg>
      {instrument.model ?? instrument.judge}
      {instrument.prompt && `, ${say('prompt')} ${instrument.prompt}`}, {say(origin)}
      {anew && `, ${say('anew')}`}: {days(points.length)}, {say('mean')} {number(mean)}
      {changes.map(({from, to}) => (
        <span key={from}>
          ; {say('change')} {day(from)}
          {from < to && ` … ${day(to)}`}
        </span>
      ))}
      {writers.map(({day: from, writer}) => (
        <span key={from}>
          ; {day(from)}: {writer} {say('newWriter')}
        </span>
      ))}
      {marks.map(({day: at, kind, name}) => (
        <span key={kind + at}>
          ; {day(at)}: {say(`${kind}Mark`)} {name}
        </span>
      ))}
    </p>
  )
}
