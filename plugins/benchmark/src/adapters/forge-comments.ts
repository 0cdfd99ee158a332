import {Ep23Error, EXIT, usageError, verbatim} from '@ep23/sdk'

import {message} from '../words/words.js'

/** A pull request of GitHub or a merge request of GitLab, and who may write there. */
export interface Forge {
  kind: 'github' | 'gitlab'
  /** `https://api.github.com`, `https://gitlab.com/api/v4`. */
  api: string
  /** `owner/name`, or the id or path of a project. */
  project: string
  number: number
  token: string
  signal: AbortSignal
}

interface ForgeComment {
  id: number
  body: string
}

/**
 * What `fetch` says of an address that it refuses repeats the whole of it.
 * @throws Ep23Error USAGE (64) naming the address without its credentials
 */
export function assertApi(api: string): void {
  const url = URL.parse(api)
  if (url && /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '') return
  const shown = url ? `${url.protocol}//${url.host}${url.pathname}` : '--api'
  throw usageError(message('notApi', {api: shown}), [message('tokenFromEnvironment')])
}

const PAGE = 100
const MOST_PAGES = 50

/**
 * Puts a comment under a request, or in the place of the one that begins with the same marker.
 * @throws Ep23Error BENCHMARK_FORGE_REFUSED (77), BENCHMARK_FORGE_UNAVAILABLE (69)
 */
export async function putComment(forge: Forge, marker: string, body: string): Promise<'created' | 'updated'> {
  const known = await findComment(forge, marker)
  await (known === undefined ? create(forge, body) : update(forge, known.id, body))
  return known === undefined ? 'created' : 'updated'
}

/** The commit that the request stands at. */
export async function requestHead(forge: Forge): Promise<string> {
  const {kind, project, number} = forge
  if (kind === 'gitlab') {
    const {sha} = (await ask(forge, `/projects/${encodeURIComponent(project)}/merge_requests/${number}`)) as {
      sha: string
    }
    return sha
  }
  const {head} = (await ask(forge, `/repos/${project}/pulls/${number}`)) as {head: {sha: string}}
  return head.sha
}

async function findComment(forge: Forge, marker: string): Promise<ForgeComment | undefined> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const found = (await ask(forge, `${listOf(forge)}?per_page=${PAGE}&page=${page}`)) as ForgeComment[]
    const own = found.find(({body}) => body.startsWith(marker))
    if (own !== undefined || found.length < PAGE) return own
  }
  return undefined
}

function listOf({kind, project, number}: Forge): string {
  return kind === 'github'
    ? `/repos/${project}/issues/${number}/comments`
    : `/projects/${encodeURIComponent(project)}/merge_requests/${number}/notes`
}

function create(forge: Forge, body: string): Promise<unknown> {
  return ask(forge, listOf(forge), {method: 'POST', body})
}

function update(forge: Forge, id: number, body: string): Promise<unknown> {
  return forge.kind === 'github'
    ? ask(forge, `/repos/${forge.project}/issues/comments/${id}`, {method: 'PATCH', body})
    : ask(forge, `${listOf(forge)}/${id}`, {method: 'PUT', body})
}

async function ask(
  {kind, api, token, signal}: Forge,
  path: string,
  change?: {method: 'POST' | 'PATCH' | 'PUT'; body: string},
): Promise<unknown> {
  const authorization: Record<string, string> =
    kind === 'github'
      ? {authorization: `Bearer ${token}`, accept: 'application/vnd.github+json'}
      : {'private-token': token}
  const response = await fetch(`${api.replace(/\/$/u, '')}${path}`, {
    method: change?.method ?? 'GET',
    headers: {...authorization, 'content-type': 'application/json', 'user-agent': 'ep23'},
    ...(change && {body: JSON.stringify({body: change.body})}),
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    redirect: 'error',
  }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw unavailable(kind, (error as Error & {cause?: {code?: string}}).cause?.code ?? (error as Error).message)
  })
  if (response.ok) return response.json()
  const told = `${response.status}: ${(await response.text()).slice(0, 200).replaceAll(token, '***')}`
  throw response.status === 401 || response.status === 403 || response.status === 404
    ? refused(kind, told)
    : unavailable(kind, told)
}

function refused(kind: string, told: string): Error {
  return new Ep23Error(message('tokenMayNot', {kind, status: told}), {
    code: 'BENCHMARK_FORGE_REFUSED',
    exit: EXIT.notPermitted,
    suggestions: [verbatim('GitHub: permissions: pull-requests: write'), message('forkToken')],
  })
}

function unavailable(kind: string, told: string): Error {
  return new Ep23Error(message('commentRefused', {kind, status: told}), {
    code: 'BENCHMARK_FORGE_UNAVAILABLE',
    exit: EXIT.unavailable,
    suggestions: [message('sameCommandAgain')],
  })
}
