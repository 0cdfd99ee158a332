const MAGIC: Array<[hex: string, reason: string]> = [
  ['fffe', 'UTF-16 text; save it as UTF-8'],
  ['feff', 'UTF-16 text; save it as UTF-8'],
  ['504b0304', 'a ZIP archive; unpack it first'],
  ['28b52ffd', 'Zstandard data; unpack it first (gzip is read as it is)'],
  ['425a68', 'bzip2 data; unpack it first (gzip is read as it is)'],
  ['fd377a585a00', 'XZ data; unpack it first (gzip is read as it is)'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
]

/** What a file is that people take for a source, with what to do about it. */
export function foreignFormat(head: Buffer): string | undefined {
  const hex = head.toString('hex', 0, 16)
  const known = MAGIC.find(([magic]) => hex.startsWith(magic))
  if (known) return known[1]
  if (/^\s*<(?:!doctype|html)/iu.test(head.toString('latin1', 0, 256)))
    return 'HTML; in Telegram Desktop choose “Machine-readable JSON” as the format of the export'
  return undefined
}
