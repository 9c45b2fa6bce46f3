"""All that Rampen's services may know of each other: commands, queries, replies, events, errors."""
