import type {ClaimsView, Place, SampleView} from '../src/domain/view-data.js'
import {jumpTo} from './marks.js'
import {useSpeech} from './words.js'

/** What the digest states and whether the posts have it, and the posts it says nothing of. */
export function Findings({sample}: {sample: SampleView}) {
  const {say} = useSpeech()
  return (
    <div class="findings">
      <div>
        <h2>{say('stated')}</h2>
        <ul>
          {sample.facts.map(({text, supported, place}) => (
            <li key={place[0]}>
              <Jump within=".digest" place={place} text={text} />{' '}
              <span class={supported ? 'good' : 'bad'}>{say(supported ? 'inPosts' : 'unsupported')}</span>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h2>{say('missing')}</h2>
        {sample.missing.length === 0 ? (
          <p class="note">{say('nothingMissing')}</p>
        ) : (
          <ul>
            {sample.missing.map(({text, place}) => (
              <li key={place[0]}>
                <Jump within=".posts" place={place} text={text} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

function Jump({within, place, text}: {within: string; place: Place; text: string}) {
  return (
    <button type="button" class="jump" onClick={() => jumpTo(within, place)}>
      {text}
    </button>
  )
}

/** What a judge found of each statement, with the place in the posts that proves it, and which main news the digest tells. */
export function Claims({sample}: {sample: SampleView}) {
  const {say} = useSpeech()
  const found = sample.judgements.find(({claims}) => claims !== null)?.claims
  if (!found) return null
  const groups = Map.groupBy(found.statements, ({verdict}) => verdict)
  return (
    <>
      <h2>{say('statements')}</h2>
      <div class="findings">
        {(['contradicted', 'absent', 'unproven', 'supported'] as const).map(verdict => (
          <Statements key={verdict} verdict={verdict} statements={groups.get(verdict) ?? []} sample={sample} />
        ))}
      </div>
      <h2>{say('mainNews')}</h2>
      <ul>
        {found.news.map(({text, place, post, told}) => (
          <li key={place[0]}>
            <Jump within=".posts" place={place} text={text} />{' '}
            <span class={told ? 'good' : 'bad'}>{say(told ? 'told' : 'notTold')}</span>{' '}
            <PostLink sample={sample} post={post} />
          </li>
        ))}
      </ul>
    </>
  )
}

interface StatementsProps {
  verdict: ClaimsView['statements'][number]['verdict']
  statements: ClaimsView['statements']
  sample: SampleView
}

function Statements({verdict, statements, sample}: StatementsProps) {
  const {say} = useSpeech()
  if (statements.length === 0) return null
  return (
    <div class={`claims ${verdict}`}>
      <h3>
        {say(verdict)}: {statements.length}
      </h3>
      <ul>
        {statements.map(({text, place, quote, post}) => (
          <li key={place[0]}>
            <Jump within=".digest" place={place} text={text} />
            {quote && (
              <q>
                <Jump within=".posts" place={quote} text={sample.source.slice(...quote)} />
              </q>
            )}{' '}
            <PostLink sample={sample} post={post} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function PostLink({sample, post}: {sample: SampleView; post: number | null}) {
  const found = post === null ? undefined : sample.posts?.[post]
  if (!found?.url) return null
  return (
    <a href={found.url} rel="noreferrer noopener" target="_blank">
      {found.post_id}
    </a>
  )
}
