import type {SampleView, ViewJudgement} from '../src/domain/view-data.js'
import {Table} from './parts.js'
import {useSpeech} from './words.js'

type Score = ViewJudgement['scores'][string]

/** How a digest was judged: a line for one judgement, a table for repeated ones. */
export function Judgements({sample: {judgements}}: {sample: SampleView}) {
  const {say} = useSpeech()
  const names = [...new Set(judgements.flatMap(({scores}) => Object.keys(scores)))]
  if (judgements.length === 1)
    return (
      <ul class="scores">
        {names.map(name => (
          <li key={name}>
            {say(name)}{' '}
            <b>
              <ScoreText score={judgements[0]?.scores[name]} />
            </b>
          </li>
        ))}
      </ul>
    )
  return (
    <Table class="scoresOfTwo" words={['answerAndRepeat', ...names]} numeric={names}>
      {judgements.map(({answer, repeat, scores}) => (
        <tr key={`${answer} ${repeat}`}>
          <th scope="row">
            {answer}.{repeat}
          </th>
          {names.map(name => (
            <td key={name} class="number">
              <ScoreText score={scores[name]} />
            </td>
          ))}
        </tr>
      ))}
    </Table>
  )
}

function ScoreText({score}: {score: Score | undefined}) {
  const {say, number} = useSpeech()
  if (!score) return <>—</>
  if ('value' in score) return <>{number(score.value, 2)}</>
  return (
    <>
      {say('unmeasured')}: {say(score.unmeasured)}
      {score.detail && ` (${score.detail})`}
    </>
  )
}

/** Why the judge scored as it did, in its own words, and what it quoted. */
export function Reasons({sample}: {sample: SampleView}) {
  const {say} = useSpeech()
  const told = sample.judgements.flatMap(({reasons, scores, answer, repeat}) =>
    Object.entries(scores).flatMap(([name, score]) => {
      const [reason, quotes] = [reasons[name], 'value' in score ? (score.evidence ?? []) : []]
      if (reason === undefined && quotes.length === 0) return []
      return [{key: `${answer} ${repeat} ${name}`, name, reason, quotes}]
    }),
  )
  if (told.length === 0) return null
  return (
    <>
      <h2>{say('reasons')}</h2>
      <dl class="reasons">
        {told.map(({key, name, reason, quotes}) => (
          <div key={key}>
            <dt>{say(name)}</dt>
            <dd>
              {reason}
              {quotes.map(quote => (
                <q key={quote}>{quote}</q>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
