/** Hides the password (and user) of any URL in a text: `mongodb://***@host/db`. */
export function maskSecrets(text: string): string
export function maskSecrets(text: string | undefined): string | undefined
export function maskSecrets(text: string | undefined): string | undefined {
  return text?.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^/?#\s]*@/giu, '$1***@')
}
