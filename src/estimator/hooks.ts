/** What TensorFlow calls a `SessionRunHook`: told of a training as it goes. */
export interface RunHook {
  begin?(): void
  /** After each step. `requestStop` ends the training after it, with a checkpoint. */
  afterRun?(context: { globalStep: number; loss: number; requestStop(): void }): void
  end?(): void
}

/** `CheckpointSaverListener`: told of checkpoints while training goes on after them. */
export interface SaverListener {
  afterSave(globalStep: number): Promise<void>
  end(globalStep: number): Promise<void>
}
