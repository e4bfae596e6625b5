"""A force's own public page, and saying without a name that a force should adopt the training."""
