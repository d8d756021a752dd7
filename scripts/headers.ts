const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/** What the page is served with: isolated from other origins, and no code but its own. Mantine writes inline styles. */
export const headers = {
  ...isolation,
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "frame-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}

/** The document that runs a person's code, relative to the page. */
export const sandboxPath = 'sandbox.html'

/**
 * What that code may do: compute. `unsafe-eval` and `blob:` are its own text and its worker; nothing names a host, so nothing is fetched from or sent
 * to one. The document says the same of itself in a meta tag, for hosts that know nothing of headers (`tests/sandboxPolicy.test.ts`).
 */
export const sandboxPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-eval' blob: 'sha256-QT58TGAaM9WvFpwdSOLezMZvnlkvg8jqWdaZN3RDHVg='",
  'worker-src blob:',
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** `sandbox`: of an opaque origin even when somebody opens the document by its address. Neither part is heeded in a meta tag. */
export const sandboxHeaders = {
  ...isolation,
  'Content-Security-Policy': `${sandboxPolicy}; frame-ancestors 'self'; sandbox allow-scripts`,
}
