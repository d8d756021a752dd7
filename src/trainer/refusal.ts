/** A request that can't be met; the message goes to the person. */
export class Refusal extends Error {
  override name = 'Refusal'
}
