"""Our annotated corpus: who says what, and how far it got, marked by hand in open texts. See README.md in this folder."""
