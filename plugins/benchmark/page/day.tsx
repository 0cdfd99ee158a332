import type {SampleView} from '../src/domain/view-data.js'
import {Loaded, Table, useData} from './parts.js'
import type {Route} from './route.js'
import {wordDiff, type Piece} from './word-diff.js'
import {useSpeech} from './words.js'

/** Two digests of one day word by word. */
export function DayPage({route, news}: {route: Route; news: number}) {
  const {query} = route
  const a = useData<SampleView>(`run/${query.get('a')}/sample/${query.get('i')}`, news)
  const b = useData<SampleView>(`run/${query.get('b')}/sample/${query.get('j')}`, news)
  return (
    <Loaded value={a}>
      {before => <Loaded value={b}>{after => <Compared before={before} after={after} />}</Loaded>}
    </Loaded>
  )
}

function Compared({before, after}: {before: SampleView; after: SampleView}) {
  const {say, day, number, by} = useSpeech()
  const pieces = wordDiff(before, after)
  const both = [before, after]
  const names = [...new Set(both.flatMap(({judgements}) => Object.keys(judgements[0]?.scores ?? {})))]
  const value = ({judgements}: SampleView, name: string) => {
    const score = judgements[0]?.scores[name]
    return score && 'value' in score ? score.value : null
  }
  return (
    <section>
      <h1>
        {before.channel}, {day(before.day)}
      </h1>
      <Table words={['score', ...both.map(each => `${by(each)} ${each.run_id}`)]} class="scoresOfTwo">
        {names.map(name => (
          <tr key={name}>
            <th scope="row">{say(name)}</th>
            {both.map((each, side) => (
              <td key={side} class="number">
                {number(value(each, name))}
              </td>
            ))}
          </tr>
        ))}
      </Table>
      {pieces.every(({kind}) => kind === 'same') ? (
        <p class="note">{say('equal')}</p>
      ) : (
        <div class="beside">
          {both.map((each, side) => (
            <div key={side}>
              <h2>
                {by(each)} <a href={`#/run/${each.run_id}`}>{each.run_id}</a>
              </h2>
              <div class="card text">
                <Side pieces={pieces} without={side === 0 ? 'added' : 'removed'} />
              </div>
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

function Side({pieces, without}: {pieces: readonly Piece[]; without: Piece['kind']}) {
  const {say} = useSpeech()
  return (
    <>
      {pieces
        .filter(({kind}) => kind !== without)
        .map(({kind, before, after}, index) => {
          const text = without === 'added' ? before : after
          if (kind === 'same') return text
          return kind === 'removed' ? (
            <del key={index} title={say('only')}>
              {text}
            </del>
          ) : (
            <ins key={index} title={say('added')}>
              {text}
            </ins>
          )
        })}
    </>
  )
}
