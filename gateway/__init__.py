"""The thin door: who are you, does the body fit the contract; everything else is asked by RPC."""
