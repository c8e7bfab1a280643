"""Every way in: the HTTP service and its pages, the worker, the command line."""
