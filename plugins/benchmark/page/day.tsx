import type {SampleView} from '../src/domain/view-data.js'
import {Loaded, useData} from './parts.js'
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
  const {say, day, number} = useSpeech()
  const pieces = wordDiff(before, after)
  const names = [...new Set([before, after].flatMap(({judgements}) => Object.keys(judgements[0]?.scores ?? {})))]
  const value = ({judgements}: SampleView, name: string) => {
    const score = judgements[0]?.scores[name]
    return score && 'value' in score ? score.value : null
  }
  return (
    <section>
      <h1>
        {before.channel}, {day(before.day)}
      </h1>
      <table class="scoresOfTwo">
        <thead>
          <tr>
            <th scope="col">{say('score')}</th>
            {[before, after].map(({writer, run_id}) => (
              <th key={run_id} scope="col">
                {writer} <small>{run_id}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map(name => (
            <tr key={name}>
              <th scope="row">{say(name)}</th>
              <td class="number">{number(value(before, name))}</td>
              <td class="number">{number(value(after, name))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {pieces.every(({kind}) => kind === 'same') ? (
        <p class="note">{say('equal')}</p>
      ) : (
        <div class="beside">
          <div>
            <h2>
              {before.writer} <a href={`#/run/${before.run_id}`}>{before.run_id}</a>
            </h2>
            <div class="card text">
              <Side pieces={pieces} without="added" />
            </div>
          </div>
          <div>
            <h2>
              {after.writer} <a href={`#/run/${after.run_id}`}>{after.run_id}</a>
            </h2>
            <div class="card text">
              <Side pieces={pieces} without="removed" />
            </div>
          </div>
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
