/** Made by `scripts/sandboxRuntime.ts`. */
declare module 'virtual:sandbox-runtime' {
  /** Address of the script that a person's code runs on. */
  const url: string
  export default url
}
