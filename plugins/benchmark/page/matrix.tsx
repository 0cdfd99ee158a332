import type {WriterMatrix, MatrixCell} from '../src/domain/view-charts.js'
import {IntervalBar} from './interval-bar.js'
import {Loaded, Table, useData} from './parts.js'
import {go, type Route} from './route.js'
import {useSpeech} from './words.js'

/** Writers by judges: who is better, and what cannot be told apart. */
export function MatrixPage({route, news}: {route: Route; news: number}) {
  const {say} = useSpeech()
  const matrix = useData<WriterMatrix>('matrix', news)
  return (
    <section>
      <h1>{say('matrix')}</h1>
      <p class="note">{say('matrixNote')}</p>
      <Loaded value={matrix}>
        {found => {
          const score = route.query.get('score') ?? found.scores[0] ?? ''
          return (
            <>
              <nav class="chips">
                {found.scores.map(each => (
                  <button
                    key={each}
                    type="button"
                    aria-pressed={each === score}
                    onClick={() => go(`/matrix?score=${each}`)}
                  >
                    {say(each)}
                  </button>
                ))}
              </nav>
              <Cells matrix={found} score={score} />
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

function Cells({matrix, score}: {matrix: WriterMatrix; score: string}) {
  const {say, by} = useSpeech()
  const cells = matrix.cells.filter(cell => cell.score === score)
  if (cells.length === 0) return <p class="note">{say('nothing')}</p>
  const columns = [...new Set(cells.map(({judge}) => judge))]
  const rows = [...Map.groupBy(cells, by)]
  return (
    <Table words={['writer', ...columns]}>
      {rows.map(([name, row]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {columns.map(judge => (
            <Cell key={judge} cell={row.find(cell => cell.judge === judge)} />
          ))}
        </tr>
      ))}
    </Table>
  )
}

function Cell({cell}: {cell: MatrixCell | undefined}) {
  const {say, number, bounds} = useSpeech()
  if (!cell) return <td class="none">—</td>
  return (
    <td class={`cell ${cell.standing}`}>
      <a href={`#/run/${cell.run_id}`}>{number(cell.mean)}</a> <small>{bounds(cell.low, cell.high)}</small>
      <IntervalBar low={cell.low} mean={cell.mean} high={cell.high} />
      <small>
        {say(`standing_${cell.standing}`)}
        {cell.shared !== null && ` (${say('shared')}: ${cell.shared})`}
      </small>
    </td>
  )
}
