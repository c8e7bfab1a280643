"""How the embedded engine's thread reader is made. Wants an environment of its own; the model card says which."""
