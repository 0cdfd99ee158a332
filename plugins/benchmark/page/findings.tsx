import type {SampleView} from '../src/domain/view-data.js'
import {useSpeech} from './words.js'

/** What the digest states and whether the posts have it, and the posts it says nothing of. */
export function Findings({sample}: {sample: SampleView}) {
  const {say} = useSpeech()
  const jump = (text: string) => () => {
    const found = [...document.querySelectorAll('.posts mark, .posts .text, .digest mark')].find(element =>
      element.textContent?.includes(text),
    )
    found?.scrollIntoView({block: 'center'})
  }
  return (
    <div class="findings">
      <div>
        <h2>{say('stated')}</h2>
        <ul>
          {sample.facts.map(({text, supported, place}) => (
            <li key={place[0]}>
              <button type="button" class="jump" onClick={jump(text)}>
                {text}
              </button>{' '}
              <span class={supported ? 'good' : 'bad'}>{say(supported ? 'supported' : 'unsupported')}</span>
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
                <button type="button" class="jump" onClick={jump(text.replace(/…$/u, '').slice(0, 40))}>
                  {text}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

/** Why the judge scored as it did, in its own words. */
export function Reasons({sample}: {sample: SampleView}) {
  const {say} = useSpeech()
  const told = sample.judgements.flatMap(({scores, answer, repeat}) =>
    Object.entries(scores).flatMap(([name, score]) =>
      'reason' in score && typeof score.reason === 'string' && score.reason !== ''
        ? [{key: `${answer} ${repeat} ${name}`, name, reason: score.reason}]
        : [],
    ),
  )
  if (told.length === 0) return null
  return (
    <>
      <h2>{say('reasons')}</h2>
      <dl class="reasons">
        {told.map(({key, name, reason}) => (
          <div key={key}>
            <dt>{say(name)}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
