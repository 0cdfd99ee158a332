/** The version of this copy of the sdk; the host refuses another major version. */
export const SDK_VERSION = '0.1.0'
