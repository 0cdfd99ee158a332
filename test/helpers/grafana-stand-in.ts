import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'

import {putRuleGroup, type Stored} from './grafana-rule-groups.ts'

/** Behaves as the documentation of Grafana's HTTP API says of folders, datasources, dashboards and groups of alert rules. */
export class GrafanaStandIn {
  readonly folders = new Map<string, Stored>()
  readonly datasources = new Map<string, Stored>()
  readonly dashboards = new Map<string, {dashboard: Stored; meta: Stored}>()
  /** By folder and name. */
  readonly ruleGroups = new Map<string, Stored>()
  /** Every request that changed something. */
  readonly writes: string[] = []
  readonly #token: string
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response))

  constructor(token: string) {
    this.#token = token
  }

  async start(): Promise<string> {
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(done => this.#server.close(done))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const [status, answer] = this.#answer(request, body === '' ? {} : (JSON.parse(body) as Stored))
    response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(answer))
  }

  #answer(request: IncomingMessage, body: Stored): [number, unknown] {
    const {method = '', url = '', headers} = request
    if (headers.authorization !== `Bearer ${this.#token}`) return [401, {message: 'Invalid API key'}]
    if (method !== 'GET') this.writes.push(`${method} ${url}`)
    const [, , kind = '', ...rest] = url.split('/')
    const uid = decodeURIComponent(rest.at(-1) ?? '')
    if (kind === 'v1') return this.#ruleGroup(request, body)
    if (kind === 'folders') return this.#folder(method, uid, body)
    if (kind === 'datasources') return this.#datasource(method, uid, body)
    return url === '/api/dashboards/db' ? this.#save(body) : this.#dashboard(uid)
  }

  #folder(method: string, uid: string, body: Stored): [number, unknown] {
    if (method === 'GET') return found(this.folders.get(uid))
    if (method === 'POST' && this.folders.has(body['uid']))
      return [409, {message: 'a folder with the same uid already exists'}]
    const key = method === 'POST' ? body['uid'] : uid
    if (method === 'PUT' && body['overwrite'] !== true) return [412, {status: 'version-mismatch'}]
    this.folders.set(key, {id: this.folders.size + 1, uid: key, title: body['title'], version: 1})
    return [200, this.folders.get(key)]
  }

  #datasource(method: string, uid: string, body: Stored): [number, unknown] {
    if (method === 'GET') return found(this.datasources.get(uid))
    const sameName = [...this.datasources.values()].some(
      one => one['name'] === body['name'] && one['uid'] !== body['uid'],
    )
    if ((method === 'POST' && this.datasources.has(body['uid'])) || sameName)
      return [409, {message: 'data source with the same name already exists'}]
    const added = {id: 1, orgId: 1, readOnly: false, basicAuth: false, version: 1}
    this.datasources.set(body['uid'], {...body, ...added})
    return [200, {datasource: this.datasources.get(body['uid']), message: 'Datasource added'}]
  }

  #ruleGroup({method, url = '', headers}: IncomingMessage, body: Stored): [number, unknown] {
    const [, folder = '', group = ''] =
      /^\/api\/v1\/provisioning\/folder\/([^/]+)\/rule-groups\/([^/]+)$/u.exec(url) ?? []
    const key = `${decodeURIComponent(folder)}/${decodeURIComponent(group)}`
    if (method === 'GET') return found(this.ruleGroups.get(key))
    if (!this.folders.has(folder)) return [400, {message: 'folder does not exist'}]
    return putRuleGroup(this.ruleGroups, key, body, 'x-disable-provenance' in headers ? '' : 'api')
  }

  #dashboard(uid: string): [number, unknown] {
    return found(this.dashboards.get(uid))
  }

  // Grafana numbers a new dashboard, counts its versions, and refuses one that would overwrite unless told to.
  #save({dashboard, folderUid, overwrite}: Stored): [number, unknown] {
    if (!this.folders.has(folderUid)) return [400, {message: 'folder not found'}]
    const before = this.dashboards.get(dashboard.uid)
    if (before && overwrite !== true) return [412, {status: 'version-mismatch'}]
    const version = (before?.dashboard['version'] ?? 0) + 1
    const id = before?.dashboard['id'] ?? this.dashboards.size + 1
    this.dashboards.set(dashboard.uid, {dashboard: {...dashboard, id, version}, meta: {folderUid, version}})
    return [200, {uid: dashboard.uid, status: 'success', version}]
  }
}

function found(thing: unknown): [number, unknown] {
  return thing === undefined ? [404, {message: 'not found'}] : [200, thing]
}
