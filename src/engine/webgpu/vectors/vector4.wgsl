// A row is seen as DIM vectors of 4: one address and one load for four numbers.
alias Vector = vec4f;

fn inner(a : Vector, b : Vector) -> f32 { return dot(a, b); }
