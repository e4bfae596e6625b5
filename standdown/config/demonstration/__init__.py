"""The demonstration: real names of forces, made-up people, dates of today. Every page says so."""
