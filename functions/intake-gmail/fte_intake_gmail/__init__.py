"""intake-gmail: takes the support mailbox's mail from Gmail."""
