let allowed = 0

/** Runs `f`, which reads the numbers of a tensor and tells an export by `withOrigin` what it makes of them. */
export function withReadsAllowed<T>(f: () => T): T {
  allowed++
  try {
    return f()
  } finally {
    allowed--
  }
}

export function areReadsAllowed(): boolean {
  return allowed > 0
}
