import {useEffect, useRef} from 'preact/hooks'

import type {SampleView, ViewPost} from '../src/domain/view-data.js'
import {Markdown} from './markdown.js'
import {MarkedText, type Mark} from './marks.js'
import {useSpeech} from './words.js'

/** The day's posts, each a card; the one that the chosen bullet links to comes into sight. */
export function Posts({sample, bullet}: {sample: SampleView; bullet: number | null}) {
  const {say} = useSpeech()
  const marks: Mark[] = [
    ...sample.fragments.map(([to, , start, end]): Mark => ({place: [start, end], class: 'shared', to})),
    ...sample.judgements.flatMap(({evidence, claims}) => [
      ...evidence.map((place): Mark => ({place, class: 'quoted', title: say('reasons')})),
      ...(claims?.statements ?? []).flatMap(({quote, verdict}): Mark[] =>
        quote ? [{place: quote, class: `quoted ${verdict}`, title: say(verdict)}] : [],
      ),
    ]),
    // Unseen: places that the lists below lead to.
    ...sample.missing.map(({place}): Mark => ({place, class: ''})),
  ]
  const chosen = bullet === null ? undefined : sample.bullets[bullet]?.post
  return (
    <div class="posts">
      <h2>{say('posts')}</h2>
      {sample.posts === null ? (
        <>
          <p class="note">{say('noBorders')}</p>
          <div class="card text">
            <MarkedText text={sample.source} marks={marks} />
          </div>
        </>
      ) : (
        sample.posts.map((post, index) => (
          <Post key={post.post_id} {...{sample, post, marks}} number={index + 1} chosen={chosen === index} />
        ))
      )}
    </div>
  )
}

function Post({
  sample,
  post,
  marks,
  number,
  chosen,
}: {
  sample: SampleView
  post: ViewPost
  marks: readonly Mark[]
  number: number
  chosen: boolean
}) {
  const {time} = useSpeech()
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (chosen)
      card.current?.scrollIntoView({
        block: 'nearest',
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
      })
  }, [chosen])
  return (
    <article id={`post-${post.post_id}`} ref={card} class={`card ${chosen ? 'chosen' : ''}`}>
      <header>
        {number}. {time(post.published_at)}{' '}
        {post.url && (
          <a href={post.url} rel="noreferrer noopener" target="_blank">
            {post.post_id}
          </a>
        )}
      </header>
      <div class="text">
        <Markdown text={sample.source} from={post.place[0]} to={post.place[1]} marks={marks} hasCards={false} />
      </div>
    </article>
  )
}
