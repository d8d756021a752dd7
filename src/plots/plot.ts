/** A picture that lives in a container it is given. It never reads the store; it watches its own size. */
export interface Plot<Props> {
  update(props: Props): void
  destroy(): void
}
