import {once} from 'node:events'

import {createGuardedServer, createPageSession, fileRoute, jsonReply, type RouteReply, type Route} from '@ep23/http'

import type {ViewLoader} from '../domain/view-summary.js'
import {viewPage, type ViewAssets} from './view-assets.js'

export interface ViewServerOptions {
  loader: ViewLoader
  assets: ViewAssets
  language: 'ru' | 'en'
  port: number
  signal: AbortSignal
  onListening: (url: string) => void
  onError: (error: unknown) => void
}

const HOST = '127.0.0.1'

/** Serves the pages to the browser that comes by the printed address, until the signal. There is no route that writes. */
export async function serveView(options: ViewServerOptions): Promise<{url: string; answers: number}> {
  const session = createPageSession()
  let answers = 0
  const server = createGuardedServer({
    routes: viewRoutes(options),
    session,
    allowedHosts: [],
    token: undefined,
    onAnswer: () => (answers += 1),
    onRefusal: () => undefined,
    onError: options.onError,
  })
  const url = `http://${HOST}:${await server.listen(HOST, options.port)}`
  options.onListening(url + session.entry)
  if (!options.signal.aborted) await once(options.signal, 'abort')
  await server.close()
  return {url, answers}
}

function viewRoutes({loader, assets, language}: ViewServerOptions): Route[] {
  return [
    fileRoute('/', 'text/html', viewPage({language, live: true})),
    fileRoute('/view.js', 'text/javascript', assets.script),
    fileRoute('/view.css', 'text/css', assets.style),
    {
      path: '/api/version',
      method: 'GET',
      operation: 'version',
      handle: async () => jsonReply(200, {version: await loader.version()}),
    },
    {
      path: '/api/data/:key',
      method: 'GET',
      operation: 'data',
      handle: async ({parameters}) => answer(loader, parameters),
    },
  ]
}

async function answer(loader: ViewLoader, {key = ''}: Readonly<Record<string, string>>): Promise<RouteReply> {
  const value = await loader.load(key)
  return value === undefined ? jsonReply(404, {error: 'nothing', message: `there is no ${key}`}) : jsonReply(200, value)
}
