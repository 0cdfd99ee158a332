import {readTextFile, usageError} from '@ep23/sdk'

/**
 * A secret from the file that `NAME_FILE` names, as systemd's credentials and mounted secrets come, else from `NAME`. Flags are no place
 * for secrets: every process of the machine may read them.
 * @throws Ep23Error USAGE (64) when there is none
 */
export async function readSecret(name: string, neededBy: string): Promise<string> {
  const file = process.env[`${name}_FILE`]
  const text = file === undefined ? process.env[name] : await readTextFile(file)
  const secret = text?.trim() ?? ''
  if (secret !== '') return secret
  throw usageError(`${neededBy} needs a secret, and neither ${name}_FILE nor ${name} has one`, [
    `put it into a file that only you may read, and its path into ${name}_FILE`,
  ])
}
