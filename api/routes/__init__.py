"""The JSON interface, a file a resource."""
