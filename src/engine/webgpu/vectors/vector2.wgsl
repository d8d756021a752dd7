// A row is seen as DIM vectors of 2: for dimensions that are even and no multiple of 4.
alias Vector = vec2f;

fn inner(a : Vector, b : Vector) -> f32 { return dot(a, b); }
