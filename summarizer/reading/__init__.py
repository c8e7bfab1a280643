"""Reading what somebody gave us: files to canonical text, text to messages and passages. Pure, without I/O."""
