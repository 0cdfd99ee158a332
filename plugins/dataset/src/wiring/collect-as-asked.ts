import {badDataError, type CommandResult, type Runtime} from '@ep23/sdk'

import {parseChannel} from '../domain/channel.js'
import {collectPosts, type CollectReport} from '../usecases/collect/collect-posts.js'

/** `dataset:collect`: from the team's database into the store. */
export async function collectAsAsked(
  runtime: Runtime,
  {from, channels}: {from?: string | undefined; channels?: string | undefined},
): Promise<CommandResult<CollectReport>> {
  const {store, signal, progress} = runtime
  const source = from === undefined ? store : runtime.openStore(from)
  const wanted = channels?.split(',').map(parseChannel)
  try {
    const {report} = await progress.run<{report?: CollectReport}>(
      [
        {
          title: 'Copy posts',
          async run(state, step) {
            const onRead = (posts: number): void => step.advance(posts, undefined, 'posts')
            state.report = await collectPosts({store, source, signal, onRead}, wanted)
          },
        },
      ],
      {},
    )
    const data = report as CollectReport
    if (data.totals.rows_read === 0) throw noPosts(data.from, wanted)
    return {data, text: renderCollect(data), warnings: data.unnamed.map(unnamed)}
  } finally {
    if (source !== store) await source.dispose()
  }
}

function renderCollect({from, channels, totals}: CollectReport): string[] {
  return [
    ...channels.map(
      ({channel, rows_read, posts, inserted, updated, unchanged}) =>
        `  ${channel.padEnd(20)} ${rows_read} rows, ${posts} posts: ${inserted} new, ${updated} changed, ${unchanged} known`,
    ),
    `${totals.posts} posts of ${from}: ${totals.inserted} new, ${totals.updated} changed, ${totals.unchanged} known`,
  ]
}

function unnamed(title: string): string {
  return `nothing says which channel «${title}» is; its posts are kept under that title: seed them with --from '@name=mongodb://…#${title}'`
}

// A job that copies nothing must not look like one that works.
function noPosts(from: string, channels: readonly string[] | undefined): Error {
  const whose = channels === undefined ? '' : ` of ${channels.join(', ')}`
  return badDataError('DATASET_NO_POSTS', `${from} has no posts${whose} in its collection "posts"`, [
    'check the address: --from mongodb://HOST/butler',
    'posts are deleted there after seven days: see that the team’s fetcher runs',
  ])
}
