"""intake-webform: takes support requests from the web form and tells where they stand."""
