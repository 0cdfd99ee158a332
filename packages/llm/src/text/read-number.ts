const DECIMAL = /^[+-]?\d+(?:[.,]\d+)?$/u
/** `1,234` may be a thousand or a decimal. */
const GROUPED = /^[+-]?[1-9]\d{0,2},\d{3}$/u
const OF = /^(\S+)\s*(?:\/|из|of|out of)\s*(\S+)$/iu

/**
 * A number that a model wrote, also as text: `9`, `"0.9"`, `"0,9"`, `"9/10"` on a scale that ends at 10 (or at 1, where it is 0.9).
 * Undefined for whatever may be read in two ways: `"1,234"`, `"9/10"` on a scale that ends at 5, `"90 %"`, `"8-9"`.
 * @param highest the end of the scale
 * @example readNumber('9/10', 10) // 9
 */
export function readNumber(value: unknown, highest: number): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  const [, part, whole] = OF.exec(text) ?? []
  if (part === undefined || whole === undefined) return decimal(text)
  const [share, of] = [decimal(part), decimal(whole)]
  if (share === undefined || of === undefined || of <= 0 || share > of) return undefined
  if (of === highest) return share
  return highest === 1 ? share / of : undefined
}

function decimal(text: string): number | undefined {
  if (!DECIMAL.test(text) || GROUPED.test(text)) return undefined
  return Number(text.replace(',', '.'))
}
