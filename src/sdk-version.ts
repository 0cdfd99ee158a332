import {Ep23Error, EXIT, SDK_VERSION, type RuntimeRequest} from '@ep23/sdk'

const majorOf = (version: string): string => version.split('.', 1)[0] ?? ''

/** A plugin built against another major version of the sdk is refused in words instead of failing later in riddles. */
export function refuseOtherSdk({sdkVersion, command}: RuntimeRequest): void {
  if (majorOf(sdkVersion) === majorOf(SDK_VERSION)) return
  throw new Ep23Error(`${command} was built against @ep23/sdk ${sdkVersion}, this ep23 has ${SDK_VERSION}`, {
    code: 'SDK_VERSION',
    exit: EXIT.unavailable,
    suggestions: [`update the plugin to @ep23/sdk ${majorOf(SDK_VERSION)}.x`],
  })
}
