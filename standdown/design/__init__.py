"""The look, once: styles, page frames, form fields and the signature pieces.

Words: a *piece* is a macro of ours, a *component* one of the design system's, a *frame* the page around both.
This part knows words, dates and shapes. It must never know a person, a force, a session or an incident:
whoever calls a piece hands over plain text, dates and numbers.
"""
