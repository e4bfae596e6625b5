"""The programme of a force as dated, versioned data: windows, sizes, words, codes, escalation."""
