"""What tests of several levels build on."""
