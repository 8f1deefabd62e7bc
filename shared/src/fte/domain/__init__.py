"""The support desk's rules: values in, values out, no I/O."""
