import {HttpRefusal} from './http-refusal.js'

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

/** True for addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(host)
}

/**
 * Refuses requests that name another host than this server: a web page whose name was made to point here (DNS
 * rebinding) sends its own name. The port does not matter.
 * @param allowed names beyond those of the loopback, as scrapers use them, such as `sidecar` or `sidecar.internal`
 */
export function createHostGuard(allowed: readonly string[]): (header: string | undefined) => void {
  const names = new Set([...LOOPBACK_NAMES, ...allowed.map(name => name.toLowerCase())])
  return header => {
    const name = header?.toLowerCase().replace(/:\d+$/u, '')
    if (name === undefined || !names.has(name))
      throw new HttpRefusal('this server does not answer to that Host; see --allowed-hosts', {
        status: 403,
        reason: 'host',
      })
  }
}
