// A row is seen as DIM vectors of 1: for dimensions that are odd.
alias Vector = f32;

fn inner(a : Vector, b : Vector) -> f32 { return a * b; }
