import {closeSession} from '../../session.js'

/** Runs after every command, failed or not. */
export default async function closeRuntime({error}: {error?: Error}): Promise<void> {
  await closeSession(error)
}
