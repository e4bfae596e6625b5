"""Where the parts are put together: settings, addresses, the command line. The only part that knows all others."""
