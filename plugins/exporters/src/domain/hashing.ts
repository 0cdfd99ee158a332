/** SHA-256 in the forms that evidence needs; hashes are lower-case hex. */
export interface Hashing {
  /** Of bytes, or of a text's UTF-8 bytes. */
  sha256: (data: Uint8Array | string) => string
  /** A Merkle tree's leaf (RFC 6962): SHA-256(0x00 ‖ entry). */
  leafHash: (entry: Uint8Array) => string
  growing: () => GrowingHash
}

/** A SHA-256 that grows with its input. */
export interface GrowingHash {
  update(data: Uint8Array): void
  /** Of the input so far. */
  hex(): string
}
