"""Who looked at whose care record, when and why. The row is written before the page is shown."""
