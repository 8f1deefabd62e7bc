"""The local platform: everything that `./dev` starts on one machine."""
