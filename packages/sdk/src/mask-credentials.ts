/**
 * A text without the credentials of the URLs in it, for output: `mongodb://***@host/db`, `https://host/v1?key=***`.
 * An `@` that belongs into a password and is not percent-encoded hides what stands before it, too.
 */
export function maskCredentials(text: string): string {
  return text
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^/?#\s]*@/giu, '$1***@')
    .replaceAll(/([?&][\w-]*(?:key|token|secret|auth|sig|signature|password|pwd)=)[^&#\s]+/giu, '$1***')
}
