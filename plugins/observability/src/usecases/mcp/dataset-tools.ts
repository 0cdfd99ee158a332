import type {Runtime, Store} from '@ep23/sdk'

import {listOf, objectOf, textOf} from '../../domain/json-shape.js'
import {READS, takes, type Tool} from '../../domain/tool.js'

type DatasetDeps = Pick<Runtime, 'settings' | 'store'>

/** What can be said of the dataset without running a command. */
export function datasetTools(deps: DatasetDeps): Tool[] {
  return [
    {
      name: 'list_channels',
      title: 'Channels',
      description: 'The channels of the settings and of the store, each with whether it is configured and its digests.',
      inputSchema: takes(),
      annotations: READS,
      scope: 'read',
      summarize: data => (data as {channels: Channel[]}).channels.map(channelLine),
      run: async () => ({data: {channels: await listChannels(deps)}}),
    },
    {
      name: 'dataset_counts',
      title: 'Documents of the dataset',
      description: 'How many digests and review reports the store holds, per channel.',
      inputSchema: takes(),
      annotations: READS,
      scope: 'read',
      summarize: data => countLines(data as DatasetCounts),
      run: async () => ({data: await countDataset(deps.store)}),
    },
  ]
}

interface Channel {
  channel: string
  configured: boolean
  digests: number
}

function channelLine({channel, configured, digests}: Channel): string {
  return `${channel}: ${digests} digests${configured ? '' : ', not in the settings'}`
}

async function listChannels({settings, store}: DatasetDeps): Promise<Channel[]> {
  const configured = listOf(objectOf(settings.section('dataset'))['channels']).flatMap(channel => {
    const name = textOf(channel) ?? textOf(objectOf(channel)['name'])
    return name === undefined ? [] : [name]
  })
  const digests = await store.collection('digests').countBy({}, 'channel')
  return [...new Set([...configured, ...digests.keys()])].map(channel => ({
    channel,
    configured: configured.includes(channel),
    digests: digests.get(channel) ?? 0,
  }))
}

interface Counts {
  total: number
  by_channel: Record<string, number>
}

interface DatasetCounts {
  store: string
  digests: Counts
  review_reports: Counts
}

async function countDataset(store: Store): Promise<DatasetCounts> {
  const digests = await store.collection('digests').countBy({}, 'channel')
  const reports = await store.collection('review_reports').countBy({}, 'assignment_id')
  return {store: store.location, digests: counted(digests), review_reports: counted(reports)}
}

function counted(counts: ReadonlyMap<string, number>): Counts {
  return {total: [...counts.values()].reduce((sum, count) => sum + count, 0), by_channel: Object.fromEntries(counts)}
}

function countLines({digests, review_reports}: DatasetCounts): string[] {
  return [
    `${digests.total} digests, ${review_reports.total} review reports`,
    ...Object.entries(digests.by_channel).map(([channel, count]) => {
      return `${channel}: ${count} digests, ${review_reports.by_channel[channel] ?? 0} review reports`
    }),
  ]
}
