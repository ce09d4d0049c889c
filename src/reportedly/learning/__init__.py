"""How the head is trained: only ``reportedly train`` needs this, and torch."""
