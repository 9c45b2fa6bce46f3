"""What a newcomer's machine lacks: database, broker, identity provider, mailbox, demo people."""
