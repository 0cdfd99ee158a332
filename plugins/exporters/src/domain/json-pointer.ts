/** The JSON Pointer (RFC 6901) of a field of the container at `pointer`: `/metadata` and `a/b` give `/metadata/a~1b`. */
export function childPointer(pointer: string, field: string): string {
  return `${pointer}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
