/** The experiment asks for a model that cannot be. `field`: path in the experiment that it is about (`columns.1.dimension`). */
export class ModelError extends Error {
  constructor(
    message: string,
    readonly field: string,
  ) {
    super(message)
    this.name = 'ModelError'
  }
}
