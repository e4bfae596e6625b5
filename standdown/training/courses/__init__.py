"""What is taught: a dated programme version, and courses whose words are versioned blocks."""
