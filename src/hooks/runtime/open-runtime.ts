import type {Runtime, RuntimeRequest} from '@ep23/sdk'

import type {OclifConfig} from '../../oclif-config.js'
import {openSession} from '../../session.js'

/** Answers a command's request for the Runtime. */
export default async function openRuntime({
  request,
  config,
}: {
  request: RuntimeRequest
  config: OclifConfig
}): Promise<Runtime> {
  return openSession(request, config)
}
