"""What we tell whom: written with the deed, sent by a worker, seen in one place.

Words: message, outbox, channel, worker, receipt, dead letter.
Must never know: what a message is about. Parts above hand it a subject and texts.
"""
