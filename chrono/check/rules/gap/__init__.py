"""Rules that find: gap."""
