// Loss of one output against its label, and its derivative: the squared error, or the log loss of a logit as TensorFlow computes it
// without overflow.

struct Loss {
  value : f32,
  dOutput : f32,
}

fn lossOf(output : f32, label : f32, binary : bool) -> Loss {
  if (!binary) {
    let error = output - label;
    return Loss(error * error, 2.0 * error);
  }
  let decay = exp(-abs(output));
  let value = max(output, 0.0) - output * label + log(1.0 + decay);
  let probability = select(decay, 1.0, output >= 0.0) / (1.0 + decay);
  return Loss(value, probability - label);
}
